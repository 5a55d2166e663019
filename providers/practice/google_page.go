package practice

import (
	"html"
	"net/http"
	"net/url"
	"strings"
)

// googleConsentPage is Google's sign-in page. A form with account and action, and unticked scopes
// as "untick", is answered as the redirect address must be.
func (t *Tenant) googleConsentPage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, HEAD, POST")
		showSentence(w, r, http.StatusMethodNotAllowed, "This page takes GET and POST.")
		return
	case r.ParseForm() != nil:
		showSentence(w, r, http.StatusBadRequest, "The form cannot be read.")
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	c, refused := t.readConsentRequest(r.Form)
	if refused != nil {
		t.googleBlocked(w, r, refused)
		return
	}
	action, account := r.PostForm.Get("action"), strings.TrimSpace(r.PostForm.Get("account"))
	switch {
	case action == "":
		t.showConsent(w, r, c)
	case action == "decline" || action == "approve" && t.state.person.declines:
		t.journal.note(t.clock.now(), "https", "google sign-in declined")
		c.send(w, r, url.Values{"error": {"access_denied"}})
	case action != "approve":
		showSentence(w, r, http.StatusBadRequest, "The action must be approve or decline.")
	case account == "" && t.state.person.remembered == "":
		showSentence(w, r, http.StatusBadRequest, "The account is missing: name the address that signs in.")
	default:
		t.consent(w, r, c, account)
	}
}

func (t *Tenant) consent(w http.ResponseWriter, r *http.Request, c consentRequest, account string) {
	answer, refused := t.agree(c, account, r.PostForm["untick"])
	if refused != nil {
		t.googleBlocked(w, r, refused)
		return
	}
	t.journal.note(t.clock.now(), "https", "google sign-in answered with a code")
	c.send(w, r, answer)
}

// googleBlocked shows a refusal that the program never hears of.
func (t *Tenant) googleBlocked(w http.ResponseWriter, r *http.Request, refused *googleRefusal) {
	t.journal.note(t.clock.now(), "https", "google sign-in refused on the page: "+refused.String())
	if !wantsPage(r) {
		showSentence(w, r, refused.status, refused.sentence())
		return
	}
	showPage(w, refused.status, page{title: signInTitle, service: "Google", content: copyable(refused.sentence())})
}

func (t *Tenant) showConsent(w http.ResponseWriter, r *http.Request, c consentRequest) {
	fields := hidden(r.Form, append(authorizationFields(), "access_type")...)
	var ticks strings.Builder
	for _, scope := range c.scopes {
		if identityOnly([]string{scope}) {
			continue
		}
		name := html.EscapeString(scope)
		ticks.WriteString(`<p><label><input type="checkbox" name="untick" value="` + name + `"> do not give ` + name + `</label></p>`)
	}
	asked := "<p>" + html.EscapeString(appName) + " wants to access your Google Account:<br>" + html.EscapeString(strings.Join(c.scopes, " ")) + "</p>"
	content := asked + accountButtons(t.fixture.people(), c.hint, r.URL.Path, fields+ticks.String())
	showPage(w, http.StatusOK, page{title: signInTitle, service: "Google", content: content, leadsTo: origin(c.address)})
}

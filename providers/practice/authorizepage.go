package practice

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// authorizePage is Entra's sign-in page. A browser shows the accounts; a form with account and
// action, posted by the page or by curl, is answered as the redirect address must be.
func (t *Tenant) authorizePage(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost:
		w.Header().Set("Allow", "GET, HEAD, POST")
		showSentence(w, r, http.StatusMethodNotAllowed, "This page takes GET and POST.")
		return
	case r.ParseForm() != nil:
		t.troubled(w, r, badRequest("invalid_request", 9002313, "Invalid request. Request is malformed or invalid."))
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	a, refused := t.readAuthorization(r.PathValue("tenant"), r.Form)
	if refused != nil {
		t.troubled(w, r, refused)
		return
	}
	if refused := a.check(r.Form.Get("response_type"), t.state.app.name); refused != nil {
		t.sendBack(w, r, a, refused)
		return
	}
	t.signInPage(w, r, a)
}

// signInPage does what the person pressed, or shows what there is to press.
func (t *Tenant) signInPage(w http.ResponseWriter, r *http.Request, a authorization) {
	action, account := r.PostForm.Get("action"), strings.TrimSpace(r.PostForm.Get("account"))
	switch {
	case action == "":
		t.showAccounts(w, r, a, http.StatusOK, "")
		return
	case action != "approve" && action != "decline":
		showSentence(w, r, http.StatusBadRequest, "The action must be approve or decline.")
		return
	case action == "approve" && account == "" && t.state.person.remembered == "":
		showSentence(w, r, http.StatusBadRequest, "The account is missing: name the address that signs in.")
		return
	}
	answer, refused := t.press(a, account, action == "approve")
	switch {
	case refused == nil:
		t.journal.note(t.clock.now(), "https", "authorize answered with a code")
		a.send(w, r, answer)
	case refused.code == "access_denied":
		t.sendBack(w, r, a, refused)
	default:
		t.stayOnPage(w, r, a, refused)
	}
}

// troubled shows a refusal that the program never hears of.
func (t *Tenant) troubled(w http.ResponseWriter, r *http.Request, refused *refusal) {
	t.journal.note(t.clock.now(), "https", "authorize refused on the page: "+refused.String())
	said := refused.body(r, t.clock.now()).Description
	if !wantsPage(r) {
		showSentence(w, r, refused.status, said)
		return
	}
	showPage(w, refused.status, page{title: signInTitle, content: copyable(said)})
}

// stayOnPage shows why an account cannot sign in, and the other accounts.
func (t *Tenant) stayOnPage(w http.ResponseWriter, r *http.Request, a authorization, refused *refusal) {
	t.journal.note(t.clock.now(), "https", "authorize refused on the page: "+refused.String())
	said := refused.body(r, t.clock.now()).Description
	if !wantsPage(r) {
		showSentence(w, r, refused.status, said)
		return
	}
	t.showAccounts(w, r, a, refused.status, copyable(said))
}

// sendBack tells the program why there is no code.
func (t *Tenant) sendBack(w http.ResponseWriter, r *http.Request, a authorization, refused *refusal) {
	t.journal.note(t.clock.now(), "https", "authorize refused: "+refused.String())
	a.send(w, r, noCode(refused.body(r, t.clock.now())))
}

// copyable is the refusal as it can be copied from the page.
func copyable(said string) string {
	return "<p>Sorry, but we’re having trouble signing you in.</p><pre>" + html.EscapeString(said) + "</pre>" +
		"<p>The program does not hear of this: copy the text and give it to <code>mailgrant explain</code>.</p>"
}

const signInTitle = "Sign in"

// authorizationFields are the parameters that the page hands on to its own form.
func authorizationFields() []string {
	return []string{
		"client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
		"code_challenge", "code_challenge_method", "login_hint", "prompt",
	}
}

func (t *Tenant) showAccounts(w http.ResponseWriter, r *http.Request, a authorization, status int, before string) {
	fields := hidden(r.Form, authorizationFields()...)
	asked := strings.Join(append(slices.Clone(a.request.asked), a.request.signIn...), " ")
	content := before + "<p>" + html.EscapeString(t.state.app.name) + " asks for:<br>" + html.EscapeString(asked) + "</p>" +
		accountButtons(t.fixture.people(), a.hint, r.URL.Path, fields)
	showPage(w, status, page{title: signInTitle, content: content, leadsTo: origin(a.address)})
}

// accountButtons are one form for each account, the expected one first, and one to decline.
func accountButtons(people []Person, hint, path string, fields string) string {
	expected := func(p Person) int {
		if strings.EqualFold(p.Address, hint) {
			return 0
		}
		return 1
	}
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(a, b Person) int { return expected(a) - expected(b) })
	var forms strings.Builder
	form := func(inner string) {
		fmt.Fprintf(&forms, "<form method=\"post\" action=\"%s\">%s%s</form>\n", html.EscapeString(path), fields, inner)
	}
	for _, person := range people {
		form(fmt.Sprintf(`<input type="hidden" name="account" value="%s"><button name="action" value="approve">%s</button>`,
			html.EscapeString(person.Address), html.EscapeString(person.Address)))
	}
	form(`<button name="action" value="decline">Decline</button>`)
	return forms.String()
}

// hidden are those of a form's values that have these names, as fields of another form.
func hidden(values url.Values, names ...string) string {
	var fields strings.Builder
	for _, name := range names {
		if values.Has(name) {
			fmt.Fprintf(&fields, `<input type="hidden" name="%s" value="%s">`, html.EscapeString(name), html.EscapeString(values.Get(name)))
		}
	}
	return fields.String()
}

// showFormPost hands the answer to the redirect address as a form (OAuth 2.0 Form Post Response
// Mode). Entra's page presses the button by a script; here the person does.
func showFormPost(w http.ResponseWriter, address string, answer url.Values) {
	names := slices.Sorted(maps.Keys(answer))
	content := fmt.Sprintf(`<form method="post" action="%s">%s<button>Continue</button></form>`, html.EscapeString(address), hidden(answer, names...))
	showPage(w, http.StatusOK, page{title: signInTitle, content: content, leadsTo: origin(address)})
}

package practice

import (
	"fmt"
	"html"
	"net/http"
	"strings"
)

const (
	deviceLoginPath  = "/devicelogin"
	deviceLoginTitle = "Enter code"
)

func (t *Tenant) deviceLoginURL() string { return "https://" + t.ports.https + deviceLoginPath }

// deviceLogin is the page on which a person enters a code. A form posted by curl is answered with
// one plain sentence, a browser with a page that holds it.
func (t *Tenant) deviceLogin(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		t.showForm(w, r.URL.Query().Get("user_code"))
	case http.MethodPost:
		status, sentence := t.enterCode(r)
		t.journal.note(t.clock.now(), "https", "devicelogin: "+sentence)
		showSentence(w, r, status, sentence)
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		showSentence(w, r, http.StatusMethodNotAllowed, "This page takes GET and POST.")
	}
}

// enterCode does what the person asked for and says what came of it.
func (t *Tenant) enterCode(r *http.Request) (int, string) {
	if err := r.ParseForm(); err != nil {
		return http.StatusBadRequest, "The form cannot be read: send user_code, account and action."
	}
	action, account := r.PostForm.Get("action"), strings.TrimSpace(r.PostForm.Get("account"))
	if action != "approve" && action != "decline" {
		return http.StatusBadRequest, "The action must be approve or decline."
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	code := t.codes.byUserCode(r.PostForm.Get("user_code"))
	switch {
	case code == nil:
		return http.StatusNotFound, "That code did not work: check it and try again."
	case code.ending != pending || !t.clock.now().Before(code.ends):
		return http.StatusGone, "That code has ended: ask for a new one."
	case action == "approve" && account == "" && t.state.person.remembered == "":
		return http.StatusBadRequest, "The account is missing: name the address that signs in."
	}
	t.finish(code, account, action == "approve")
	switch code.ending {
	case declined:
		return http.StatusOK, "The sign-in was declined. You may close this page."
	case failed:
		return http.StatusOK, fmt.Sprintf("%s cannot sign in: AADSTS%d: %s", code.account, code.refused.number, code.refused.text)
	}
	return http.StatusOK, fmt.Sprintf("%s has signed in to %s. You may close this page.", code.account, t.state.app.name)
}

func showSentence(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	if !wantsPage(r) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(status)
		_, _ = fmt.Fprintln(w, sentence)
		return
	}
	content := "<p>" + html.EscapeString(sentence) + "</p>"
	if r.URL.Path == deviceLoginPath {
		content += `<p><a href="` + deviceLoginPath + `">Enter another code</a></p>`
	}
	showPage(w, status, page{title: deviceLoginTitle, content: content})
}

// wantsPage tells a browser from curl.
func wantsPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

func (t *Tenant) showForm(w http.ResponseWriter, userCode string) {
	var accounts strings.Builder
	for _, person := range t.fixture.people() {
		fmt.Fprintf(&accounts, `<option value="%s">%s</option>`, html.EscapeString(person.Address), html.EscapeString(person.Name))
	}
	showPage(w, http.StatusOK, page{title: deviceLoginTitle, content: `<form method="post" action="` + deviceLoginPath + `">
<p><label>Code<br><input name="user_code" value="` + html.EscapeString(userCode) + `" autocomplete="off" autocapitalize="characters" required autofocus></label></p>
<p><label>Account<br><input name="account" list="accounts" autocomplete="off"></label></p>
<datalist id="accounts">` + accounts.String() + `</datalist>
<p><button name="action" value="approve">Sign in</button> <button name="action" value="decline">Decline</button></p>
</form>`})
}

// page is one for people. It has no script, loads nothing and shows in no other page's frame.
type page struct {
	title   string
	service string // whose page it stands for; empty means Microsoft
	content string // HTML
	// leadsTo is the origin that a form may end at besides the page's own: browsers hold the
	// redirect after a form to that too.
	leadsTo string
}

func showPage(w http.ResponseWriter, status int, p page) {
	if p.service == "" {
		p.service = "Microsoft"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action "+
		strings.TrimSpace("'self' "+p.leadsTo)+"; frame-ancestors 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = fmt.Fprint(w, `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Practice tenant: `+p.title+`</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:1rem/1.5 sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem}input{font:inherit;width:100%;padding:.4rem}button{font:inherit;padding:.4rem 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>
</head><body><h1>`+p.title+`</h1>
<p>This is Mailgrant's practice tenant on your own computer, not `+p.service+`. No password is asked for.</p>
`+p.content+"\n</body></html>\n")
}

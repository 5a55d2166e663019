package practice

import (
	"fmt"
	"net/http"
	"strings"
)

// googleRefusal is an error answer of Google's. The words are Google's own: people search for them.
type googleRefusal struct {
	status  int
	code    string // OAuth 2.0 error; of the Gmail API its status
	text    string
	heading string   // of the page in the browser
	details []string // of the page: "redirect_uri=…"
	reason  string   // of the Gmail API
}

func (g *googleRefusal) String() string { return fmt.Sprintf("%d %s", g.status, g.code) }

func googleBad(code, text string) *googleRefusal {
	return &googleRefusal{status: http.StatusBadRequest, code: code, text: text}
}

// googleUnauthorized is used where the client itself could not be authenticated.
func googleUnauthorized(code, text string) *googleRefusal {
	return &googleRefusal{status: http.StatusUnauthorized, code: code, text: text}
}

// apiRefusal is one of the Gmail API (https://developers.google.com/workspace/gmail/api/guides/handle-errors).
func apiRefusal(status int, code, reason, text string) *googleRefusal {
	return &googleRefusal{status: status, code: code, text: text, reason: reason}
}

func (g *googleRefusal) write(w http.ResponseWriter) {
	if g.reason == "" {
		writeJSON(w, g.status, map[string]string{"error": g.code, "error_description": g.text})
		return
	}
	if g.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="https://accounts.google.com/", error="invalid_token"`)
	}
	writeJSON(w, g.status, map[string]any{"error": map[string]any{
		"code": g.status, "message": g.text, "status": g.code,
		"errors": []map[string]string{{"message": g.text, "domain": "global", "reason": g.reason}},
	}})
}

// sentence is the refusal as the page in the browser tells it.
func (g *googleRefusal) sentence() string {
	said := []string{"Sign in with Google"}
	if g.heading != "" {
		said = append(said, g.heading)
	}
	if g.text != "" {
		said = append(said, g.text)
	}
	said = append(said, fmt.Sprintf("Error %d: %s", g.status, g.code))
	if len(g.details) > 0 {
		said = append(said, "Request details: "+strings.Join(g.details, " "))
	}
	return strings.Join(said, "\n")
}

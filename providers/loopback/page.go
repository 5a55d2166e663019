package loopback

import (
	"fmt"
	"html"
	"net/http"
)

// page is what a browser shows: plain text, no script, nothing from elsewhere.
type page struct{ title, text string }

func (p page) write(w http.ResponseWriter, status int) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")      // the address it is kept under has a code in it
	header.Set("Referrer-Policy", "no-referrer") // so would the next page's referrer
	w.WriteHeader(status)
	title, text := html.EscapeString(p.title), html.EscapeString(p.text)
	// A browser that went away needs no page.
	_, _ = fmt.Fprintf(w, "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>%s</title></head>\n<body><h1>%s</h1><p>%s</p></body>\n</html>\n", title, title, text)
}

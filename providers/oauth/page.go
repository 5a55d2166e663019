package oauth

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// pageText describes an answer that is not OAuth's.
func pageText(got Answer, hidden []string) string {
	what := "HTTP " + strings.TrimSpace(strconv.Itoa(got.Status)+" "+http.StatusText(got.Status))
	if place := redirect(got); place != "" {
		return fmt.Sprintf("%s: %s sends on to %s, which is not followed", what, got.Host, place)
	}
	text := string(got.Body)
	if title := between(text, "<title>", "</title>"); title != "" {
		text = title
	}
	text = cleanHiding(text, hidden)
	if text == "" {
		return fmt.Sprintf("%s from %s, with nothing that the sign-in service would say", what, got.Host)
	}
	const most = 200 // runes: enough to recognise a proxy by
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%s from %s, which is no answer of the sign-in service: %s", what, got.Host, text)
}

// redirect is the host that an answer sends on to, or "".
func redirect(got Answer) string {
	if got.Status/100 != 3 {
		return ""
	}
	place, err := url.Parse(got.Header.Get("Location"))
	if err != nil {
		return ""
	}
	return providers.Clean(place.Host)
}

// between is the text after one mark and before another, without regard to case; or "".
func between(text, after, before string) string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // a rune changed its length, so that places differ
		lower = text
	}
	start := strings.Index(lower, after)
	if start < 0 {
		return ""
	}
	start += len(after)
	length := strings.Index(lower[start:], before)
	if length < 0 {
		return ""
	}
	return text[start : start+length]
}

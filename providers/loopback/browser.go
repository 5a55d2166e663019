package loopback

import (
	"errors"
	"net/http"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// ServeHTTP answers a browser: to the redirect's address with how the sign-in went, in the query
// or as a form (response_mode=form_post of OAuth 2.0 Form Post Response Mode), elsewhere with 404.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !l.redirect.isHere(r.Host):
		page{"Not here", "This address does not belong to the computer that answers."}.write(w, http.StatusForbidden)
		return
	case !l.redirect.leads(r.URL.EscapedPath()):
		page{"Nothing here", "Only a sign-in leads to this place."}.write(w, http.StatusNotFound)
		return
	}
	answer := r.URL.Query()
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, maxAnswer)
		if r.ParseForm() != nil {
			page{"Not understood", "This is no answer of a sign-in service. It is ignored."}.write(w, http.StatusBadRequest)
			return
		}
		answer = r.PostForm
	default:
		w.Header().Set("Allow", "GET, POST")
		page{"Not understood", "A sign-in service does not ask this way."}.write(w, http.StatusMethodNotAllowed)
		return
	}
	shown, status := pageFor(l.take(answer))
	shown.write(w, status)
}

// pageFor is what the person reads about an answer that was taken, or not.
func pageFor(err error) (page, int) {
	var refused *providers.AuthorityError
	switch {
	case err == nil:
		return page{"Your sign-in has arrived", "Go back to the terminal: it goes on there. This page can be closed."}, http.StatusOK
	case errors.As(err, &refused):
		return page{"The sign-in was refused", strings.TrimSuffix(refused.Error(), ".") + ". The terminal says more; this page can be closed."}, http.StatusOK
	case errors.Is(err, errTwice):
		return page{"Answered already", "This sign-in was answered before. Go back to the terminal; this page can be closed."}, http.StatusConflict
	case errors.Is(err, errNoCode):
		return page{"Nothing in it", "The sign-in service sent neither a code nor a reason. Sign in again from the terminal's address."}, http.StatusBadRequest
	}
	return page{"Another sign-in", "This answer belongs to another sign-in and is ignored. Use the address that the terminal shows now."}, http.StatusBadRequest
}

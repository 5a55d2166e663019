package practice

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
)

// usable says why nobody can sign in through the client.
func (c *googleClient) usable() *googleRefusal {
	switch {
	case c == nil:
		return googleUnauthorized("invalid_client", "The OAuth client was not found.")
	case c.deleted:
		return googleUnauthorized("deleted_client", "The OAuth client was deleted.")
	case c.disabled:
		return googleUnauthorized("disabled_client", "The OAuth client was disabled.")
	}
	return nil
}

// takes compares a redirect address with the registered ones: letter by letter for a web client,
// any port and path of the computer for a desktop client
// (https://developers.google.com/identity/protocols/oauth2/native-app).
func (c *googleClient) takes(address string) bool {
	if c.kind == webClient {
		return slices.Contains(c.redirects, address)
	}
	parsed, err := url.Parse(address)
	return err == nil && parsed.Scheme == "http" && parsed.User == nil && parsed.Fragment == "" &&
		slices.Contains([]string{"127.0.0.1", "localhost", "::1"}, parsed.Hostname())
}

// findGoogleClient reads the client's credentials from the form or from HTTP Basic. Google wants the
// secret of a desktop client too, though it is no secret there.
func (t *Tenant) findGoogleClient(r *http.Request) (*googleClient, *googleRefusal) {
	id, secret := r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	if name, password, given := r.BasicAuth(); given && secret == "" {
		var err, err2 error
		id, err = url.QueryUnescape(name)
		secret, err2 = url.QueryUnescape(password)
		if err != nil || err2 != nil {
			return nil, googleBad("invalid_request", "Bad Request")
		}
	}
	if id == "" {
		return nil, googleBad("invalid_request", "Could not determine client ID from request.")
	}
	found, _ := t.state.google.client(id)
	if refused := found.usable(); refused != nil {
		return nil, refused
	}
	switch {
	case secret == "":
		return nil, googleBad("invalid_request", "client_secret is missing.")
	case subtle.ConstantTimeCompare([]byte(secret), []byte(found.secret)) != 1:
		return nil, googleUnauthorized("invalid_client", "Unauthorized")
	}
	return found, nil
}

package practice

import (
	"crypto/sha256"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

const (
	authorizePath = tenantID + "/oauth2/v2.0/authorize"
	verifier      = "a-verifier-of-the-right-length-0123456789-abcdefgh"
	callback      = "http://localhost:51234/"
)

func s256(verifier string) string {
	digest := sha256.Sum256([]byte(verifier))
	return encode(digest[:])
}

// codeForm is a request for a code that is right in everything.
func codeForm(scope string) url.Values {
	return url.Values{
		"client_id": {clientID}, "redirect_uri": {callback}, "response_type": {"code"}, "scope": {scope},
		"state": {"st&te"}, "code_challenge": {s256(verifier)}, "code_challenge_method": {"S256"},
	}
}

// redeemForm redeems a code that codeForm asked for.
func redeemForm(code string) url.Values {
	return url.Values{
		"grant_type": {grantCode}, "client_id": {clientID}, "redirect_uri": {callback},
		"code": {code}, "code_verifier": {verifier},
	}
}

func with(form url.Values, changes ...string) url.Values {
	changed := maps.Clone(form)
	for i := 0; i < len(changes); i += 2 {
		if changed.Del(changes[i]); changes[i+1] != "" {
			changed.Set(changes[i], changes[i+1])
		}
	}
	return changed
}

// browse is one step of a person's browser, which shows pages and stops before it follows a redirect.
func (w *world) browse(method, address string, form url.Values) answer {
	w.Helper()
	request := w.request(method, address, form)
	request.Header.Set("Accept", "text/html,*/*;q=0.8")
	patient := *w.http
	patient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	kept := w.http
	w.http = &patient
	defer func() { w.http = kept }()
	return w.do(request)
}

func (w *world) open(path string, form url.Values) answer {
	w.Helper()
	return w.browse(http.MethodGet, w.authority()+path+"?"+form.Encode(), nil)
}

// pressButton posts the form of a page that holds the text, as a browser would.
func (w *world) pressButton(page answer, text string) answer {
	w.Helper()
	for _, form := range formPattern.FindAllStringSubmatch(page.text, -1) {
		if !strings.Contains(form[2], text) {
			continue
		}
		values := url.Values{}
		for _, field := range fieldPattern.FindAllStringSubmatch(form[2], -1) {
			values.Set(html.UnescapeString(field[1]), html.UnescapeString(field[2]))
		}
		address := html.UnescapeString(form[1])
		if strings.HasPrefix(address, "/") {
			address = strings.TrimSuffix(w.authority(), "/") + address
		}
		return w.browse(http.MethodPost, address, values)
	}
	w.Fatalf("no form of the page has a button %q:\n%s", text, page.text)
	return answer{}
}

var (
	formPattern  = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)">(.*?)</form>`)
	fieldPattern = regexp.MustCompile(`(?:type="hidden"|<button) name="([^"]*)" value="([^"]*)"`)
)

// returned are the values that a browser brings back to the redirect address; nil where it stays
// on a page.
func (a answer) returned() url.Values {
	location, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.status != http.StatusSeeOther {
		return nil
	}
	return location.Query()
}

// htmlText is a page's text as a person reads it.
func htmlText(page string) string { return html.UnescapeString(page) }

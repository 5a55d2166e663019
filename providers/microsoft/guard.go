package microsoft

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// grantDevice is the documented grant type of a poll: RFC 8628 section 3.4. MSAL sends an older
// name that only Entra knows.
const grantDevice = "urn:ietf:params:oauth:grant-type:device_code"

// guard stands between MSAL and the network. It keeps what the service said, polls as the
// service wants, outlives passing faults while polling, and answers MSAL's question for the
// tenant's metadata, which is known by then.
type guard struct{ wire oauth.Wire }

func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	x := exchangeIn(request.Context())
	switch {
	case x == nil:
		return nil, errors.New("sign-in library made a request of its own accord")
	case request.Method == http.MethodGet:
		if !strings.HasSuffix(request.URL.Path, "/v2.0/.well-known/openid-configuration") {
			return nil, fmt.Errorf("sign-in library asks for %s, which is not part of this sign-in", providers.Clean(request.URL.Host+request.URL.Path))
		}
		return oauth.Respond(request, http.StatusOK, x.metadata.forMSAL()), nil
	}
	form, err := readForm(request)
	if err != nil {
		return nil, err
	}
	switch form.Get("grant_type") {
	case "":
		return g.askForCode(x, request, form)
	case "device_code":
		return g.poll(x, request, form)
	default:
		return g.askForToken(x, request, form)
	}
}

// askForToken posts a token request and keeps the answer.
func (g guard) askForToken(x *exchange, request *http.Request, form url.Values) (*http.Response, error) {
	got, err := g.wire.Exchange(request)
	if err != nil {
		return nil, x.keepFault(err)
	}
	x.took += got.Took
	return x.keep(request, got, form)
}

// askForCode asks for a device code where the metadata says. MSAL puts "devicecode" wherever the
// token endpoint's address has "token", which a host or a tenant may have as well.
func (g guard) askForCode(x *exchange, request *http.Request, form url.Values) (*http.Response, error) {
	endpoint, err := url.Parse(x.metadata.deviceEndpoint())
	if err != nil {
		return nil, err
	}
	request = request.Clone(request.Context())
	request.URL, request.Host = endpoint, ""
	got, err := g.wire.Exchange(request)
	if err != nil {
		return nil, x.keepFault(err)
	}
	x.took += got.Took
	if got.Status != http.StatusOK {
		x.refused = oauth.Refusal(got, oauth.SecretsOf(form))
		return oauth.Respond(request, got.Status, nil), nil
	}
	x.code, err = readDeviceCode(got.Body)
	if err != nil {
		return nil, x.keepFault(&providers.StageError{Stage: providers.StageDialogue, Host: got.Host, Err: err})
	}
	x.ends = g.wire.Now().Add(x.code.life)
	x.pace.start(x.code.interval)
	return oauth.Respond(request, http.StatusOK, x.code.forMSAL(got.Body)), nil
}

// poll waits until the service wants to be asked, and asks. What may pass is given to MSAL as
// "authorization_pending", so that it asks again until the code ends.
func (g guard) poll(x *exchange, request *http.Request, form url.Values) (*http.Response, error) {
	if err := x.pace.wait(request.Context()); err != nil {
		return nil, err
	}
	form.Set("grant_type", grantDevice)
	got, err := g.wire.Exchange(withForm(request, form))
	if request.Context().Err() != nil {
		return nil, request.Context().Err()
	}
	if err != nil {
		if x.pace.after(nil, err) {
			return pending(request), nil
		}
		return nil, x.keepFault(err)
	}
	if got.Status != http.StatusOK {
		if refused := oauth.Refusal(got, oauth.SecretsOf(form)); x.pace.after(refused, nil) {
			return pending(request), nil
		}
	}
	x.took += got.Took
	return x.keep(request, got, form)
}

// keep notes what the token endpoint answered and makes of it what MSAL can read.
func (x *exchange) keep(request *http.Request, got oauth.Answer, form url.Values) (*http.Response, error) {
	if got.Status != http.StatusOK {
		x.refused = oauth.Refusal(got, oauth.SecretsOf(form))
		return oauth.Respond(request, got.Status, nil), nil
	}
	read, err := oauth.ReadToken(got.Body)
	if err != nil {
		return nil, x.keepFault(&providers.StageError{Stage: providers.StageDialogue, Host: got.Host, Err: err})
	}
	x.token = &read
	return oauth.Respond(request, http.StatusOK, tokenForMSAL(read, got.Body)), nil
}

// keepFault notes trouble on the way; the end of a context is none.
func (x *exchange) keepFault(err error) error {
	_ = errors.As(err, &x.fault)
	return err
}

func pending(request *http.Request) *http.Response {
	return oauth.Respond(request, http.StatusBadRequest, []byte(`{"error":"authorization_pending"}`))
}

// readForm reads the form of a request and leaves its body as it was.
func readForm(request *http.Request) (url.Values, error) {
	if request.GetBody == nil {
		return nil, errors.New("sign-in library sends a request that cannot be read twice")
	}
	body, err := request.GetBody()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	return url.ParseQuery(string(text))
}

// withForm is the request with another form.
func withForm(request *http.Request, form url.Values) *http.Request {
	text := form.Encode()
	changed := request.Clone(request.Context())
	changed.ContentLength = int64(len(text))
	changed.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	changed.Body, _ = changed.GetBody()
	return changed
}

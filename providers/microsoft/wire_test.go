package microsoft

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

func TestRootsAreTrustedBesidesTheSystems(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer("opaque", nil)})
	if _, err := service.overTLS(t, nil).LookUp(t.Context(), "contoso.example"); err != nil {
		t.Error(err)
	}
}

// silent is a transport that answers nothing until the request's context ends.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// mute is a transport that answers the metadata and then nothing.
type mute struct{ *authority }

func (m mute) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		return m.authority.RoundTrip(r)
	}
	return silent{}.RoundTrip(r)
}

func TestSilenceOfTheTokenEndpointIsOursToName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		provider := New(Options{Endpoints: providers.Endpoints{Authority: "https://login.test/"}, Transport: mute{newAuthority()}})
		for name, err := range map[string]error{
			"app-only":    func() error { _, err := provider.AppOnly(t.Context(), app(), exchange365); return err }(),
			"device code": func() error { _, err := provider.DeviceSignIn(t.Context(), device(imapScope), nil); return err }(),
			"replay": func() error {
				_, err := provider.Replay(t.Context(), "https://login.test/token", productForm())
				return err
			}(),
		} {
			var stage *providers.StageError
			if !errors.As(err, &stage) || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s gives %v", name, err)
			}
		}
	})
}

func TestTrace(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var calls []oauth.Call
	service := newAuthority(say{status: 401, body: errorAnswer("invalid_client", 7000215, "Wrong")}, say{body: tokenAnswer(appToken(nil), nil)})
	provider := service.overTLS(t, func(call oauth.Call) {
		mu.Lock()
		defer mu.Unlock()
		calls = append(calls, call)
	})
	_, _ = provider.AppOnly(t.Context(), app(), exchange365)
	if _, err := provider.Replay(t.Context(), "https://login.microsoftonline.com/t/token?client_secret="+url.QueryEscape(planted), productForm()); err != nil {
		t.Fatal(err)
	}
	if len(calls) != 3 {
		t.Fatalf("it traces %+v", calls)
	}
	for i, want := range []oauth.Call{
		{Method: "GET", Status: 200},
		{Method: "POST", Status: 401, Code: "invalid_client", CorrelationID: "aaaa0000-bb11-2222-33cc-444444dddddd"},
		{Method: "POST", Status: 200},
	} {
		got := calls[i]
		if got.Method != want.Method || got.Status != want.Status || got.Code != want.Code || want.CorrelationID != "" && got.CorrelationID != want.CorrelationID {
			t.Errorf("call %d is %+v, want %+v", i, got, want)
		}
		if got.Took <= 0 || got.At.IsZero() || strings.Contains(got.URL, "?") {
			t.Errorf("call %d is %+v", i, got)
		}
		mustHide(t, fmt.Errorf("%+v", got))
	}
}

func TestTraceKeepsTheCorrelationIDThatWasSent(t *testing.T) {
	t.Parallel()
	var last oauth.Call
	service := newAuthority(say{body: tokenAnswer(appToken(nil), nil)})
	provider := service.overTLS(t, func(call oauth.Call) { last = call })
	if _, err := provider.AppOnly(t.Context(), app(), exchange365); err != nil {
		t.Fatal(err)
	}
	if !providers.IsGUID(last.CorrelationID) {
		t.Errorf("it traces %+v", last)
	}
}

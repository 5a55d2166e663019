package google

import (
	"errors"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestLookUp(t *testing.T) {
	t.Parallel()
	google := &service{token: success(nil)}
	provider := google.start(t)
	tenant, err := provider.LookUp(t.Context(), " ")
	if want := strings.TrimSuffix(provider.authority, "/"); err != nil || tenant != (providers.Tenant{Issuer: want}) {
		t.Errorf("it gives %+v, %v", tenant, err)
	}
	if len(google.calls) != 1 || len(google.forms) != 0 {
		t.Errorf("it asked %+v", google.calls)
	}
}

func TestMetadataThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	const base = "https://accounts.google.example"
	for _, tc := range []struct {
		name     string
		metadata say
		status   int // of the refusal; 0 means trouble in the dialogue
		words    string
	}{
		{"secret would travel in clear", say{body: metadata(base, map[string]any{"token_endpoint": "http://accounts.google.example/token"})}, 0, "not an https address"},
		{"person would sign in in clear", say{body: metadata(base, map[string]any{"authorization_endpoint": "http://accounts.google.example/auth"})}, 0, "not an https address"},
		{"page that is a script", say{body: metadata(base, map[string]any{"authorization_endpoint": "javascript:alert(1)\x1b"})}, 0, "not an https address"},
		{"endpoint with a user", say{body: metadata(base, map[string]any{"token_endpoint": "https://a:b@accounts.google.example/token"})}, 0, "not an https address"},
		{"no page", say{body: metadata(base, map[string]any{"authorization_endpoint": nil})}, 0, "not the metadata"},
		{"members of wrong types", say{body: `{"issuer":{},"authorization_endpoint":[],"token_endpoint":null}`}, 0, "not the metadata"},
		{"rubbish", say{body: "\x00\xff\x1b[31m"}, 0, "not the metadata"},
		{"hotel's page", say{kind: "text/html", body: "<html><title>Welcome</title></html>"}, 0, "not the metadata"},
		{"huge", say{body: strings.Repeat(" ", 1<<20+1)}, 0, "larger than"},
		{"dropped", say{cut: true, body: "x"}, 0, "EOF"},
		{"not there", say{status: 404, kind: "text/html", body: "<title>Error 404</title>"}, 404, "Error 404"},
		{"portal before the network", say{status: 302}, 302, "portal.example"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			google := &service{metadata: tc.metadata, token: success(nil)}
			provider := google.start(t)
			_, lookUp := provider.LookUp(t.Context(), "")
			_, signIn := provider.CodeSignIn(t.Context(), request(mailScope), func(providers.CodePage) { t.Error("it showed a page") })
			for _, err := range []error{lookUp, signIn} {
				var refused *providers.AuthorityError
				var stage *providers.StageError
				switch {
				case err == nil || !strings.Contains(err.Error(), tc.words):
					t.Errorf("it gives %v", err)
				case tc.status != 0 && (!errors.As(err, &refused) || refused.Status != tc.status):
					t.Errorf("it gives %T %v", err, err)
				case tc.status == 0 && (!errors.As(err, &stage) || stage.Stage != providers.StageDialogue):
					t.Errorf("it gives %T %v", err, err)
				}
				mustHide(t, err)
			}
		})
	}
}

func TestAuthorityThatIsNone(t *testing.T) {
	t.Parallel()
	for authority, words := range map[string]string{"": "authority is missing", "https://[::1/\x1b": "is not an address"} {
		_, err := New(Options{Endpoints: providers.Endpoints{Authority: authority}}).LookUp(t.Context(), "")
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gives %v", authority, err)
		}
		mustHide(t, err)
	}
}

func TestUnknownAuthorityOfACertificateIsSeenAtTLS(t *testing.T) {
	t.Parallel()
	trusting := (&service{}).start(t)
	provider := New(Options{Endpoints: providers.Endpoints{Authority: trusting.authority}})
	_, err := provider.LookUp(t.Context(), "")
	var stage *providers.StageError
	if !errors.As(err, &stage) || stage.Stage != providers.StageTLS {
		t.Errorf("it gives %v", err)
	}
}

func FuzzDiscovery(f *testing.F) {
	f.Add([]byte(metadata("https://accounts.google.example", nil)))
	f.Add([]byte(`{"issuer":1,"authorization_endpoint":"https://x","token_endpoint":"HTTPS://y:99999"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		found := readDiscovery(text)
		if found.check() != nil {
			return
		}
		for _, endpoint := range []string{found.authorization, found.token} {
			if !strings.HasPrefix(strings.ToLower(endpoint), "https://") {
				t.Errorf("it takes %q", endpoint)
			}
		}
	})
}

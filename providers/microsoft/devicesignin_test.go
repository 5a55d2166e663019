package microsoft

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

var (
	waiting  = say{status: 400, body: errorAnswer("authorization_pending", 70016, "Pending")}
	slower   = say{status: 400, body: `{"error":"slow_down"}`}
	signedIn = say{body: personAnswer(imapScope+" "+smtpScope, nil)}
)

// intervals are the waits between the requests to the token endpoint, from the device code on.
func (a *authority) intervals() []time.Duration {
	last := a.posts("/devicecode")[0].at
	var waits []time.Duration
	for _, poll := range a.posts("/token") {
		waits = append(waits, poll.at.Sub(last))
		last = poll.at
	}
	return waits
}

func TestDeviceSignIn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newAuthority(waiting, waiting, signedIn)
		var shown []providers.DeviceCode
		start := time.Now()
		grant, err := service.direct().DeviceSignIn(t.Context(), device(imapScope, smtpScope), func(code providers.DeviceCode) { shown = append(shown, code) })
		if err != nil {
			t.Fatal(err)
		}
		want := providers.DeviceCode{UserCode: "F7KQ2XW9", VerificationURI: "https://microsoft.com/devicelogin", Expires: start.Add(15 * time.Minute)}
		if len(shown) != 1 || shown[0] != want {
			t.Errorf("it showed %+v", shown)
		}
		if grant.Claims.User != "crm@contoso.example" || !slices.Equal(grant.Scopes, []string{imapScope, smtpScope}) {
			t.Errorf("it gives %+v", grant)
		}
		if grant.Took != 0 { // the fake service takes no time; what the person took does not count
			t.Errorf("it took %v", grant.Took)
		}
		if !grant.Expires.Equal(time.Now().Add(3599 * time.Second)) {
			t.Errorf("it ends at %v", grant.Expires)
		}
		ask, poll := service.posts("/devicecode")[0].form, service.posts("/token")[2].form
		if ask.Get("client_id") != clientID || !strings.HasPrefix(ask.Get("scope"), imapScope+" "+smtpScope) {
			t.Errorf("it asked with %v", ask)
		}
		if poll.Get("grant_type") != grantDevice || poll.Get("device_code") != "dev-"+planted {
			t.Errorf("it polled with %v", poll)
		}
		if waits := service.intervals(); !slices.Equal(waits, []time.Duration{5 * time.Second, 5 * time.Second, 5 * time.Second}) {
			t.Errorf("it polled after %v", waits)
		}
	})
}

func TestDevicePollingKeepsToWhatTheServiceWants(t *testing.T) {
	t.Parallel()
	const s = time.Second
	busy := say{status: 503, header: http.Header{"Retry-After": {"40"}}, body: "<html>busy</html>"}
	for _, tc := range []struct {
		name   string
		device map[string]any
		tokens []say
		want   []time.Duration
	}{
		{"its interval", map[string]any{"interval": 7}, []say{waiting, signedIn}, []time.Duration{7 * s, 7 * s}},
		{"interval as a text", map[string]any{"interval": "3"}, []say{waiting, signedIn}, []time.Duration{3 * s, 3 * s}},
		{"no interval", map[string]any{"interval": nil}, []say{waiting, signedIn}, []time.Duration{5 * s, 5 * s}},
		{"interval of nothing", map[string]any{"interval": 0}, []say{signedIn}, []time.Duration{5 * s}},
		{"interval beyond reason", map[string]any{"interval": 1e9}, []say{signedIn}, []time.Duration{60 * s}},
		{"slow_down is for good", nil, []say{slower, waiting, slower, signedIn}, []time.Duration{5 * s, 10 * s, 10 * s, 15 * s}},
		{"pending with another status", nil, []say{{status: 428, body: `{"error":"authorization_pending"}`}, signedIn}, []time.Duration{5 * s, 5 * s}},
		{"503 in the middle", nil, []say{waiting, {status: 503}, signedIn}, []time.Duration{5 * s, 5 * s, 5 * s}},
		{"503 that asks to be left alone", nil, []say{busy, signedIn}, []time.Duration{5 * s, 40 * s}},
		{"429", nil, []say{{status: 429, body: errorAnswer("temporarily_unavailable", 90033, "Busy")}, signedIn}, []time.Duration{5 * s, 5 * s}},
		{"dropped connections", nil, []say{{fault: io.ErrUnexpectedEOF}, {fault: io.EOF}, signedIn}, []time.Duration{5 * s, 5 * s, 5 * s}},
		{"timeouts double the interval", nil, []say{{fault: os.ErrDeadlineExceeded}, {fault: os.ErrDeadlineExceeded}, signedIn}, []time.Duration{5 * s, 10 * s, 20 * s}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newAuthority(tc.tokens...)
				service.device.body = deviceAnswer(tc.device)
				if _, err := service.direct().DeviceSignIn(t.Context(), device(imapScope), func(providers.DeviceCode) {}); err != nil {
					t.Fatal(err)
				}
				if got := service.intervals(); !slices.Equal(got, tc.want) {
					t.Errorf("it polled after %v, want %v", got, tc.want)
				}
			})
		})
	}
}

func TestDeviceSignInThatFails(t *testing.T) {
	t.Parallel()
	refused := func(code string, number int) func(error) bool {
		return func(err error) bool {
			var e *providers.AuthorityError
			return errors.As(err, &e) && e.Code == code && e.Number() == number
		}
	}
	ended := func(err error) bool {
		var e *providers.DeviceCodeExpired
		return errors.As(err, &e) && time.Until(e.At) <= 15*time.Minute && !e.At.IsZero()
	}
	atStage := func(stage providers.Stage, words string) func(error) bool {
		return func(err error) bool {
			var e *providers.StageError
			return errors.As(err, &e) && e.Stage == stage && strings.Contains(err.Error(), words)
		}
	}
	for _, tc := range []struct {
		name   string
		tokens []say
		check  func(error) bool
		after  time.Duration // how long it took to fail
	}{
		{"declined", []say{waiting, {status: 400, body: errorAnswer("authorization_declined", 70018, "Declined")}}, refused("authorization_declined", 70018), 10 * time.Second},
		{"denied", []say{{status: 403, body: `{"error":"access_denied"}`}}, refused("access_denied", 0), 5 * time.Second},
		{"bad code", []say{{status: 400, body: errorAnswer("bad_verification_code", 7000014, "dev-"+planted)}}, refused("bad_verification_code", 7000014), 5 * time.Second},
		{"public client flows off", []say{{status: 401, body: errorAnswer("invalid_client", 7000218, "No assertion")}}, refused("invalid_client", 7000218), 5 * time.Second},
		{"expired at the service", []say{{status: 400, body: errorAnswer("expired_token", 70020, "Expired")}}, ended, 5 * time.Second},
		{"expired by its number", []say{{status: 400, body: errorAnswer("invalid_grant", 70019, "Expired")}}, ended, 5 * time.Second},
		{"expired here", []say{waiting}, ended, 15 * time.Minute},
		{"service ill to the end", []say{{status: 503, body: "<title>Down</title>"}}, refused("", 0), 15 * time.Minute},
		{"network gone to the end", []say{waiting, {fault: io.ErrUnexpectedEOF}}, atStage(providers.StageDialogue, "unexpected EOF"), 15 * time.Minute},
		{"success that is a page", []say{{body: "<html>"}}, atStage(providers.StageDialogue, "no JSON object"), 5 * time.Second},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := newAuthority(tc.tokens...).direct().DeviceSignIn(t.Context(), device(imapScope), func(providers.DeviceCode) {})
				if err == nil || !tc.check(err) {
					t.Errorf("it gives %T %v", err, err)
				}
				if took := time.Since(start); took != tc.after {
					t.Errorf("it took %v, want %v", took, tc.after)
				}
				mustHide(t, err)
			})
		})
	}
}

func TestDeviceSignInWithoutACode(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		device say
		words  string
	}{
		{"refused", say{status: 400, body: errorAnswer("invalid_scope", 70011, "Bad scope")}, "AADSTS70011"},
		{"page", say{body: "<html>hotel</html>"}, "no device code"},
		{"no page to go to", say{body: deviceAnswer(map[string]any{"verification_uri": "javascript:alert(1)"})}, "no page"},
		{"no user code", say{body: deviceAnswer(map[string]any{"user_code": "\x1b\x07"})}, "no device code"},
		{"user code of the wrong type", say{body: deviceAnswer(map[string]any{"user_code": []int{1}})}, "no device code"},
		{"dropped", say{fault: io.EOF}, "EOF"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(signedIn)
			service.device = tc.device
			_, err := service.direct().DeviceSignIn(t.Context(), device(imapScope), func(providers.DeviceCode) { t.Error("it showed a code") })
			if err == nil || !strings.Contains(err.Error(), tc.words) {
				t.Errorf("it gives %v", err)
			}
			mustHide(t, err)
		})
	}
}

func TestDeviceCodeIsCleanedBeforeItIsShown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newAuthority(signedIn)
		service.device.body = deviceAnswer(map[string]any{"user_code": "F7\x1b[31mKQ\x07\u202e2", "verification_uri": nil, "verification_url": "https://google.example/device", "expires_in": 1e12})
		_, err := service.direct().DeviceSignIn(t.Context(), device(imapScope), func(code providers.DeviceCode) {
			if code.UserCode != "F7[31mKQ2" || code.VerificationURI != "https://google.example/device" || !code.Expires.Equal(time.Now().Add(24*time.Hour)) {
				t.Errorf("it shows %+v", code)
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestDeviceSignInEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		end  func(context.Context) (context.Context, context.CancelFunc)
		want error
	}{
		{"cancelled between polls", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(12*time.Second, cancel)
			return ctx, cancel
		}, context.Canceled},
		{"the caller's own deadline is no expiry", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 12*time.Second)
		}, context.DeadlineExceeded},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := tc.end(t.Context())
				defer cancel()
				start := time.Now()
				_, err := newAuthority(waiting).direct().DeviceSignIn(ctx, device(imapScope), func(providers.DeviceCode) {})
				var expired *providers.DeviceCodeExpired
				if !errors.Is(err, tc.want) || errors.As(err, &expired) || time.Since(start) != 12*time.Second {
					t.Errorf("it gives %v after %v", err, time.Since(start))
				}
			})
		})
	}
}

func TestDeviceSignInWithFewerScopesThanAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		provider := newAuthority(say{body: personAnswer(imapScope, nil)}).direct()
		grant, err := provider.DeviceSignIn(t.Context(), device(imapScope, smtpScope), func(providers.DeviceCode) {})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(grant.Scopes, []string{imapScope}) || grant.Claims.Has("SMTP.Send") {
			t.Errorf("it gives %+v", grant)
		}
		again, err := provider.Another(t.Context(), device(imapScope, smtpScope), grant)
		if err != nil || !slices.Equal(again.Scopes, []string{imapScope}) {
			t.Errorf("asked again it gives %+v, %v", again, err)
		}
	})
}

func TestDeviceSignInNamesThePerson(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer string
		want   providers.Address
	}{
		{"by the access token", personAnswer(imapScope, map[string]any{"upn": "svc@contoso.example"}), "svc@contoso.example"},
		{"by the id_token, the access token being silent", personAnswer(imapScope, map[string]any{"upn": ""}), "crm@contoso.example"},
		{"by the id_token, the access token being opaque", tokenAnswer("opaque", map[string]any{"id_token": jwt(map[string]any{"sub": "1", "preferred_username": "a@b.example"})}), "a@b.example"},
		{"not at all", tokenAnswer("opaque", nil), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				grant, err := newAuthority(say{body: tc.answer}).direct().DeviceSignIn(t.Context(), device(imapScope), func(providers.DeviceCode) {})
				if err != nil || grant.Claims.User != string(tc.want) {
					t.Errorf("it names %q, %v", grant.Claims.User, err)
				}
			})
		})
	}
}

func TestAnother(t *testing.T) {
	t.Parallel()
	graph := say{body: tokenAnswer(jwt(map[string]any{"aud": "https://graph.microsoft.com", "scp": "Mail.Read", "upn": "crm@contoso.example"}), map[string]any{"scope": "https://graph.microsoft.com/Mail.Read", "refresh_token": "refresh-2-" + planted})}
	for _, tc := range []struct {
		name   string
		first  say
		second say
		words  string // of the error
	}{
		{"with other scopes", signedIn, graph, ""},
		{"consent is missing", signedIn, say{status: 400, body: errorAnswer("invalid_grant", 65001, "No consent")}, "AADSTS65001"},
		{"dropped", signedIn, say{fault: io.EOF}, "EOF"},
		{"no refresh token came", say{body: tokenAnswer(jwt(map[string]any{"upn": "a@b.example"}), map[string]any{"id_token": jwt(map[string]any{"sub": "1"})})}, graph, "offline_access"},
		{"account unknown", say{body: tokenAnswer("opaque", nil)}, graph, "sign in again"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := newAuthority(tc.first, tc.second)
				provider := service.direct()
				first, err := provider.DeviceSignIn(t.Context(), device(imapScope), func(providers.DeviceCode) {})
				if err != nil {
					t.Fatal(err)
				}
				grant, err := provider.Another(t.Context(), device("https://graph.microsoft.com/Mail.Read"), first)
				if tc.words != "" {
					if err == nil || !strings.Contains(err.Error(), tc.words) {
						t.Errorf("it gives %v", err)
					}
					mustHide(t, err)
					return
				}
				if err != nil || !grant.Claims.Has("Mail.Read") || grant.Claims.Audience != "https://graph.microsoft.com" {
					t.Errorf("it gives %+v, %v", grant, err)
				}
				if form := service.posts("/token")[1].form; form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != "refresh-"+planted {
					t.Errorf("it posted %v", form)
				}
				if _, err := provider.Another(t.Context(), device(imapScope), grant); err != nil {
					t.Errorf("from the second token it gives %v", err)
				}
			})
		})
	}
}

func TestSignInNeedsScopes(t *testing.T) {
	t.Parallel()
	service := newAuthority(signedIn)
	_, err := service.direct().DeviceSignIn(t.Context(), device(), func(providers.DeviceCode) {})
	if err == nil || !strings.Contains(err.Error(), "scopes are missing") || len(service.heard) != 0 {
		t.Errorf("it gives %v after %d requests", err, len(service.heard))
	}
}

func TestSignInAtOtherServicesThanEntra(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const realm = "https://login.test/realms/token-works/protocol/openid-connect"
		service := newAuthority(say{body: tokenAnswer("opaque", nil)})
		service.metadata.body = `{"issuer":"https://login.test/realms/token-works","token_endpoint":"` + realm + `/token","device_authorization_endpoint":"` + realm + `/auth/device"}`
		provider := service.direct()
		request := device("mail")
		request.Tenant = "token-works"
		if _, err := provider.DeviceSignIn(t.Context(), request, func(providers.DeviceCode) {}); err != nil {
			t.Errorf("device code gives %v", err)
		}
		if asked := service.posts("/auth/device"); len(asked) != 1 || asked[0].path != "/realms/token-works/protocol/openid-connect/auth/device" {
			t.Errorf("the code was asked for at %+v", asked)
		}
		credential := app()
		credential.Tenant = "token-works"
		if _, err := provider.AppOnly(t.Context(), credential, "mail"); err != nil {
			t.Errorf("client credentials give %v", err)
		}
	})
}

func TestForeignIssuerIsNamed(t *testing.T) {
	t.Parallel()
	service := newAuthority(say{body: tokenAnswer("opaque", nil)})
	service.metadata.body = metadataAnswer("https://login.test/", map[string]any{"issuer": "https://elsewhere.example/realm"})
	_, err := service.direct().AppOnly(t.Context(), app(), exchange365)
	if err == nil || !strings.Contains(err.Error(), "elsewhere.example") || !strings.Contains(err.Error(), "use the authority address of that issuer") {
		t.Errorf("it gives %v", err)
	}
	if len(service.posts("/token")) != 0 {
		t.Error("the secret was sent")
	}
}

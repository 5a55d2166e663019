package product

import (
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func rendered(t testing.TB, a *Artefact, secret string) Properties {
	t.Helper()
	text, err := Render(a, sampleValues, keychain.NewSecret(secret))
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParseProperties(text.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every client credentials request of a text is the same one, which is why it is sent once.
func TestRequestsOfClientCredentialsTexts(t *testing.T) {
	t.Parallel()
	const secret = `a&b=c+d%20 \~é`
	want := url.Values{
		"client_id": {sampleValues["client_id"]}, "client_secret": {secret}, "grant_type": {"client_credentials"}, "scope": {"https://outlook.office365.com/.default"},
	}.Encode()
	for _, a := range agiloftArtefacts(t) {
		if !a.ContainsSecret {
			continue
		}
		p := rendered(t, a, secret)
		if len(a.Requests) != 3 {
			t.Errorf("%s has %d requests", a.ID, len(a.Requests))
		}
		for _, r := range a.Requests {
			address, err := r.Address(p)
			if err != nil || address != "https://login.microsoftonline.com/"+sampleValues["tenant_id"]+"/oauth2/v2.0/token" || !r.Replay {
				t.Errorf("%s %s: %s, replay %t, %v", a.ID, r.ID, address, r.Replay, err)
			}
			if form, err := r.Form(p); err != nil || form.Encode() != want {
				t.Errorf("%s %s: %s, %v", a.ID, r.ID, form.Encode(), err)
			}
		}
	}
}

func TestRequestsOfDeviceTexts(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	for id, permission := range map[string]string{"outbound-device": "SMTP.Send", "inbound-device": "IMAP.AccessAsUser.All"} {
		a, _ := p.Artefact(id)
		want := map[string]url.Values{
			"devicecode": {"client_id": {sampleValues["client_id"]}, "scope": {"user.read offline_access openid profile email https://outlook.office365.com/" + permission}},
			"token":      {"client_id": {sampleValues["client_id"]}, "code": {"%CODE%"}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}},
			"refresh": {"client_id": {sampleValues["client_id"]}, "scope": {"offline_access https://outlook.office365.com/" + permission}, "grant_type": {"refresh_token"},
				"refresh_token": {"%REFRESH_TOKEN%"}, "redirect_uri": {"https://example.agiloft.com"}},
		}
		text := rendered(t, a, "")
		for i, name := range []string{"devicecode", "token", "refresh"} {
			r := a.Requests[i]
			address, err := r.Address(text)
			path := strings.Replace(name, "refresh", "token", 1)
			if err != nil || address != "https://login.microsoftonline.com/"+sampleValues["tenant_id"]+"/oauth2/v2.0/"+path || r.Replay {
				t.Errorf("%s %s: %s, replay %t, %v", id, r.ID, address, r.Replay, err)
			}
			if form, err := r.Form(text); err != nil || form.Encode() != want[name].Encode() {
				t.Errorf("%s %s: %s, %v", id, r.ID, form.Encode(), err)
			}
		}
	}
}

func TestRequestForm(t *testing.T) {
	t.Parallel()
	r := Request{URL: "url", Payload: "p."}
	for name, test := range map[string]struct{ text, want, err string }{
		"in any order":              {"p.2=b=2\nq.1=x=y\np.1=a=1", "a=1&b=2", ""},
		"the same name twice":       {"p.1=a=1\np.2=a=2", "a=1&a=2", ""},
		"the same key twice":        {"p.1=a=1\np.1=a=2", "a=2", ""},
		"value with equals signs":   {"p.1=a=b=c", "a=b%3Dc", ""},
		"name without a value":      {"p.1=a", "a=", ""},
		"reference":                 {"p.1=a=${id}\nid=x", "a=x", ""},
		"reference that is not met": {"p.1=a=${id}", "", "p.1 refers to a key that the text does not have"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := ParseProperties(test.text)
			if err != nil {
				t.Fatal(err)
			}
			form, err := r.Form(p)
			if form.Encode() != test.want || (err == nil) != (test.err == "") || (err != nil && err.Error() != test.err) {
				t.Errorf("got %s, %v", form.Encode(), err)
			}
		})
	}
}

func TestArtefactsFor(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	r, _ := p.Route("ms-mail-device")
	all := p.ArtefactsFor(r)
	if len(all) != 2 || all[0].ID != "outbound-device" || all[1].ID != "inbound-device" || all[0].Template() == "" {
		t.Errorf("got %d artefacts", len(all))
	}
}

package product

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

var sampleValues = map[string]string{
	"client_id": "11111111-2222-3333-4444-555555555555", "tenant_id": "22222222-3333-4444-5555-666666666666", "base_kb_uri": "https://example.agiloft.com",
}

func agiloftArtefacts(t testing.TB) []*Artefact {
	t.Helper()
	p := loadAgiloft(t)
	var all []*Artefact
	for _, id := range []string{"outbound-cc", "outbound-device", "inbound-cc", "inbound-device"} {
		a, ok := p.Artefact(id)
		if !ok {
			t.Fatalf("no artefact %s", id)
		}
		all = append(all, a)
	}
	return all
}

// The vendor's texts are the facts that both the embedded templates and what is rendered from them
// are held against, line by line.
func TestAgiloftTextsAreTheVendors(t *testing.T) {
	t.Parallel()
	const secret = "abc8Q~not-a-real-secret-0123456789"
	replacer := strings.NewReplacer("CLIENT_SECRET", secret, "CLIENT_ID", sampleValues["client_id"], "TENANT_ID", sampleValues["tenant_id"], "BASE_KB_URI", sampleValues["base_kb_uri"])
	for _, a := range agiloftArtefacts(t) {
		vendor, err := os.ReadFile("testdata/vendor/agiloft/" + a.ID + ".properties")
		if err != nil {
			t.Fatal(err)
		}
		if a.Template() != string(vendor) {
			t.Errorf("template of %s differs from the vendor's text", a.ID)
		}
		text, err := Render(a, sampleValues, keychain.NewSecret(secret))
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(string(vendor), "\n")
		got := strings.Split(text.Reveal(), "\n")
		if len(got) != len(want) {
			t.Fatalf("%s has %d lines, not %d", a.ID, len(got), len(want))
		}
		for i := range want {
			if got[i] != replacer.Replace(want[i]) {
				t.Errorf("%s line %d: %s", a.ID, i+1, got[i])
			}
		}
	}
}

// What the catalogue's facts say about the four texts: inbound is outbound with other words, but for one
// line of the client credentials pair.
func TestAgiloftTextsDifferOnlyWhereTheyShould(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	for _, a := range agiloftArtefacts(t) {
		texts[a.ID] = a.Template()
	}
	toInbound := strings.NewReplacer("smtp", "inbound", "SMTP.Send", "IMAP.AccessAsUser.All")
	if got := toInbound.Replace(texts["outbound-device"]); got != texts["inbound-device"] {
		t.Errorf("device texts differ otherwise:\n%s", got)
	}
	got := strings.Replace(toInbound.Replace(texts["outbound-cc"]), "auth_flow=skip", "auth_flow=device", 1)
	if got != texts["inbound-cc"] {
		t.Errorf("client credentials texts differ otherwise:\n%s", got)
	}
}

func TestRenderKeepsHostileValuesWhole(t *testing.T) {
	t.Parallel()
	for _, a := range agiloftArtefacts(t) {
		for _, value := range hostile {
			values := maps.Clone(sampleValues)
			values["tenant_id"] = value
			text, err := Render(a, values, keychain.NewSecret(value))
			if err != nil {
				t.Errorf("%s with %q: %v", a.ID, value, err)
				continue
			}
			p, err := ParseProperties(text.Reveal())
			if err != nil {
				t.Errorf("%s with %q: %v", a.ID, value, err)
				continue
			}
			prefix := "mail.agiloft.smtp."
			if a.Direction == Inbound {
				prefix = "mail.agiloft.inbound."
			}
			if got, _ := p.Get(prefix + "tenant.id"); got != value {
				t.Errorf("%s: tenant %q reads back %q", a.ID, value, got)
			}
			if !a.ContainsSecret {
				continue
			}
			for _, section := range []string{"device-auth-request", "device-token", "device-token-refresh"} {
				if got, _ := p.Get(prefix + section + ".payload.3"); got != "client_secret="+value {
					t.Errorf("%s: secret %q reads back %q", a.ID, value, got)
				}
			}
		}
	}
}

// The product expands its own references; with ordinary values it finds exactly what was filled in.
func TestRenderedTextResolvesAsTheProductWould(t *testing.T) {
	t.Parallel()
	for _, a := range agiloftArtefacts(t) {
		text, err := Render(a, sampleValues, keychain.NewSecret("s~.-_s"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := ParseProperties(text.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range p.Entries {
			resolved, err := p.Resolve(entry.Key)
			switch {
			case err != nil:
				t.Errorf("%s %s: %v", a.ID, entry.Key, err)
			case strings.HasSuffix(entry.Key, "device-token.url") && resolved != "https://login.microsoftonline.com/22222222-3333-4444-5555-666666666666/oauth2/v2.0/token":
				t.Errorf("%s %s: %s", a.ID, entry.Key, resolved)
			case strings.Contains(resolved, "${"):
				t.Errorf("%s %s: not expanded: %s", a.ID, entry.Key, resolved)
			}
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-that-must-not-show"
	for name, test := range map[string]struct {
		change func(*Artefact, map[string]string)
		secret string
		want   string
	}{
		"missing value":            {func(_ *Artefact, v map[string]string) { delete(v, "client_id") }, secret, "text needs client_id, which is missing"},
		"empty value":              {func(_ *Artefact, v map[string]string) { v["client_id"] = "" }, secret, "text needs client_id, which is missing"},
		"missing secret":           {func(*Artefact, map[string]string) {}, "", "text needs client_secret, which is missing"},
		"secret among the values":  {func(_ *Artefact, v map[string]string) { v["client_secret"] = secret }, "", "text needs client_secret, which is missing"},
		"line end in the secret":   {func(*Artefact, map[string]string) {}, secret + "\nx=y", "text cannot hold this client_secret: it has a line end in it"},
		"line end in a value":      {func(_ *Artefact, v map[string]string) { v["client_id"] = "a\r" }, secret, "text cannot hold this client_id: it has a line end in it"},
		"secret that is not UTF-8": {func(*Artefact, map[string]string) {}, secret + "\xff", "text cannot hold this client_secret: it is not UTF-8"},
		"template with a place less": {func(a *Artefact, _ map[string]string) {
			a.template = strings.Replace(a.template, "secret=CLIENT_SECRET", "secret=", 1)
		}, secret, "template of text has CLIENT_SECRET 1 times, not 2 times"},
		"template without a literal": {func(a *Artefact, _ map[string]string) { a.template = strings.Replace(a.template, "%CODE%", "", 1) }, secret, "template of text does not keep %CODE%, which belongs to the product"},
		"placeholder in a literal": {func(a *Artefact, _ map[string]string) {
			a.Placeholders["CODE"], a.Count["CODE"] = "client_id", 1
		}, secret, "template of text does not keep %CODE%, which belongs to the product"},
		"wrong kind of escape": {func(a *Artefact, v map[string]string) { a.Escape, v["client_id"] = "none", `a\b` }, secret, "text as rendered: line 2, mail.id, does not read back as it was meant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _ := loadSample(t).Artefact("text")
			values := maps.Clone(sampleValues)
			test.change(a, values)
			text, err := Render(a, values, keychain.NewSecret(test.secret))
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if text.Reveal() != "" {
				t.Error("a text came out all the same")
			}
		})
	}
}

func TestTextHidesTheSecret(t *testing.T) {
	t.Parallel()
	const secret = "s3cret-that-must-not-show"
	a, _ := loadSample(t).Artefact("text")
	text, err := Render(a, sampleValues, keychain.NewSecret(secret))
	if err != nil {
		t.Fatal(err)
	}
	if !text.HasSecret() || strings.Count(text.Reveal(), secret) != 2 {
		t.Errorf("the text does not hold the secret twice")
	}
	want := strings.ReplaceAll(text.Reveal(), secret, "********")
	if text.Masked() != want {
		t.Errorf("masked:\n%s", text.Masked())
	}
	asJSON, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("rendered", "text", text)
	wrapped := struct{ Text Text }{text}
	unexported := struct{ text Text }{text}
	for _, shown := range []string{
		fmt.Sprint(text), fmt.Sprintf("%v %+v %#v %s %q %x %d", text, text, text, text, text, text, text), fmt.Sprint(&text), fmt.Sprintf("%+v", wrapped), fmt.Sprintf("%v %+v %#v", unexported, unexported, unexported), text.String(), text.GoString(), string(asJSON), log.String(),
	} {
		if strings.Contains(shown, secret) || strings.Contains(shown, fmt.Sprintf("%x", secret)) {
			t.Errorf("shown: %s", shown)
		}
	}
}

func TestTextWithoutSecret(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	a, _ := p.Artefact("outbound-device")
	text, err := Render(a, sampleValues, keychain.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	if text.HasSecret() || text.Masked() != text.Reveal() || !strings.Contains(text.Masked(), "redirect_uri=https://example.agiloft.com\n") {
		t.Errorf("got\n%s", text.Masked())
	}
}

func TestSecretPlaces(t *testing.T) {
	t.Parallel()
	want := map[string][]Place{
		"outbound-cc": {{10, "mail.agiloft.smtp.device-auth-request.payload.3"}, {16, "mail.agiloft.smtp.device-token.payload.3"}, {23, "mail.agiloft.smtp.device-token-refresh.payload.3"}},
		"inbound-cc":  {{10, "mail.agiloft.inbound.device-auth-request.payload.3"}, {16, "mail.agiloft.inbound.device-token.payload.3"}, {23, "mail.agiloft.inbound.device-token-refresh.payload.3"}},
	}
	for _, a := range agiloftArtefacts(t) {
		if got := a.SecretPlaces(); !slices.Equal(got, want[a.ID]) {
			t.Errorf("%s: %v", a.ID, got)
		}
		text, err := Render(a, sampleValues, keychain.NewSecret("abcd"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(text.Reveal(), "\n")
		for _, place := range a.SecretPlaces() {
			if lines[place.Line-1] != place.Key+"=client_secret=abcd" {
				t.Errorf("%s line %d: %s", a.ID, place.Line, lines[place.Line-1])
			}
		}
	}
}

func TestCutFindsWholeWordsOnly(t *testing.T) {
	t.Parallel()
	a := Artefact{Placeholders: map[string]string{"CLIENT_ID": "client_id", "ID": "id"}}
	for text, want := range map[string][]string{
		"CLIENT_ID": {"CLIENT_ID"}, "MY_CLIENT_ID": nil, "CLIENT_IDS": nil, "CLIENT_ID1": nil, "éCLIENT_ID": nil, "client_id": nil,
		"<CLIENT_ID>-ID=ID": {"CLIENT_ID", "ID", "ID"}, "": nil,
	} {
		var got []string
		var joined strings.Builder
		for _, piece := range a.cut(text) {
			joined.WriteString(piece.literal + piece.word)
			if piece.word != "" {
				got = append(got, piece.word)
			}
		}
		if !slices.Equal(got, want) || joined.String() != text {
			t.Errorf("%q: %v, joined %q", text, got, joined.String())
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, value := range hostile {
		f.Add(value, value)
	}
	a, _ := loadSample(f).Artefact("text")
	f.Fuzz(func(t *testing.T, id, secret string) {
		text, err := Render(a, map[string]string{"client_id": id}, keychain.NewSecret(secret))
		if err != nil {
			if len(secret) > 8 && strings.Contains(err.Error(), secret) {
				t.Fatalf("error shows the secret: %v", err)
			}
			return
		}
		p, err := ParseProperties(text.Reveal())
		if err != nil || len(p.Entries) != 4 {
			t.Fatalf("%+v, %v", p.Entries, err)
		}
		if got, _ := p.Get("mail.again"); got != "secret="+secret {
			t.Fatalf("%q reads back %q", secret, got)
		}
		if got, _ := p.Get("mail.id"); got != id {
			t.Fatalf("%q reads back %q", id, got)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	a := agiloftArtefacts(b)[0]
	secret := keychain.NewSecret("abc8Q~not-a-real-secret-0123456789")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(a, sampleValues, secret); err != nil {
			b.Fatal(err)
		}
	}
}

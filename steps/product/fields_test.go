package product

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

// screen is a list of fields with each kind of field there is.
func screen() *Artefact {
	return &Artefact{
		ID: "screen", Kind: "fields", ContainsSecret: true,
		Fields: []Field{
			{Label: "Type", Value: "Microsoft"},
			{Label: "Sender", Value: "{{outbound}}", Directions: []Direction{Outbound}},
			{Label: "Secret", Value: "{{client_secret}}", Note: "masked"},
			{Label: "Reader", Value: "<{{inbound}}>", Directions: []Direction{Inbound}},
			{Label: "Remark", Value: "for {{remark}}"},
			{Label: "From", Value: "{{remark}}", Otherwise: "{{outbound}}", Directions: []Direction{Outbound}},
			{Label: "Secret again", Value: "Bearer {{client_secret}}", Directions: []Direction{Inbound}},
		},
		secrets: map[string]bool{"client_secret": true}, optional: map[string]bool{"remark": true},
	}
}

func TestRenderFields(t *testing.T) {
	t.Parallel()
	const secret = "not-a-real-secret"
	for name, test := range map[string]struct {
		outbound, inbound bool
		remark            string
		want              string
	}{
		"both directions":        {true, true, "us", "Type=Microsoft Sender=out@x.example Secret=********! Reader=<in@x.example> Remark=for us From=us Secret again=Bearer ********!"},
		"sending alone":          {true, false, "us", "Type=Microsoft Sender=out@x.example Secret=********! Remark=for us From=us"},
		"receiving alone":        {false, true, "us", "Type=Microsoft Secret=********! Reader=<in@x.example> Remark=for us Secret again=Bearer ********!"},
		"optional value missing": {true, false, "", "Type=Microsoft Sender=out@x.example Secret=********! Remark= From=out@x.example"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := map[string]string{"outbound": "out@x.example", "inbound": "in@x.example", "remark": test.remark}
			fields, err := RenderFields(screen(), test.outbound, test.inbound, values, keychain.NewSecret(secret))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, field := range fields {
				mark := ""
				if field.Secret {
					mark = "!"
				}
				got = append(got, field.Label+"="+field.Value.Masked()+mark)
				if shown := fmt.Sprintf("%v %+v %s", field, field, field.Value); strings.Contains(shown, secret) {
					t.Errorf("%s shows the secret", field.Label)
				}
				if want := strings.ReplaceAll(field.Value.Masked(), "********", secret); field.Value.Reveal() != want {
					t.Errorf("%s reveals %q", field.Label, field.Value.Reveal())
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), test.want)
			}
		})
	}
}

func TestRenderFieldsRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ sender, secret, want string }{
		"missing value":        {"", "s", "screen needs outbound, which is missing"},
		"missing secret":       {"a@x.example", "", "screen needs client_secret, which is missing"},
		"line end":             {"a@x.example\nSecret: other", "s", "screen cannot hold this outbound: it has a line end or another control character in it"},
		"line separator":       {"a\u2028b", "s", "screen cannot hold this outbound: it has a line end or another control character in it"},
		"next line in secret":  {"a@x.example", "s\u0085t", "screen cannot hold this client_secret: it has a line end or another control character in it"},
		"escape on a terminal": {"a\x1b[2J", "s", "screen cannot hold this outbound: it has a line end or another control character in it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := RenderFields(screen(), true, false, map[string]string{"outbound": test.sender}, keychain.NewSecret(test.secret))
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

// Fields are shown, printed and written as every other text, so they render as one.
func TestRenderOfFieldsIsOneLineEach(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values map[string]string
		want   string
		places string
	}{
		"both directions": {map[string]string{"outbound": "out@x.example", "inbound": "in@x.example"},
			"Type: Microsoft\nSender: out@x.example\nSecret: ********\nReader: <in@x.example>\nRemark:\nFrom: out@x.example\nSecret again: Bearer ********\n", "[{3 Secret} {7 Secret again}]"},
		"receiving alone": {map[string]string{"inbound": "in@x.example"},
			"Type: Microsoft\nSecret: ********\nReader: <in@x.example>\nRemark:\nSecret again: Bearer ********\n", "[{2 Secret} {5 Secret again}]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := Render(screen(), test.values, keychain.NewSecret("s3cret"))
			if err != nil {
				t.Fatal(err)
			}
			if text.Masked() != test.want || text.Reveal() != strings.ReplaceAll(test.want, "********", "s3cret") || !text.HasSecret() {
				t.Errorf("got\n%s", text)
			}
			places := screen().SecretPlacesFor(test.values["outbound"] != "", true)
			if fmt.Sprint(places) != test.places {
				t.Errorf("secret places %v", places)
			}
			for _, place := range places {
				if line := strings.Split(text.Reveal(), "\n")[place.Line-1]; !strings.HasPrefix(line, place.Key+": ") || !strings.Contains(line, "s3cret") {
					t.Errorf("line %d is %q", place.Line, line)
				}
			}
		})
	}
	if n := len(screen().SecretPlaces()); n != 2 {
		t.Errorf("%d places in both directions", n)
	}
	if _, err := Render(screen(), nil, keychain.NewSecret("s")); err == nil || err.Error() != "screen needs outbound, which is missing" {
		t.Errorf("no address at all: %v", err)
	}
}

func FuzzRenderFields(f *testing.F) {
	f.Add("out@x.example", "secret")
	f.Add("{{client_secret}}", "{{outbound}}")
	f.Add("a\r\nSecret: b", "\x00")
	f.Fuzz(func(t *testing.T, sender, secret string) {
		a := screen()
		a.Fields = a.Fields[:4]
		text, err := Render(a, map[string]string{"outbound": sender}, keychain.NewSecret(secret))
		if err != nil {
			return
		}
		want := "Type: Microsoft\n" + strings.TrimRight("Sender: "+sender, " ") + "\n" + strings.TrimRight("Secret: "+secret, " ") + "\n"
		if text.Reveal() != want {
			t.Errorf("got %q, want %q", text.Reveal(), want)
		}
		if lines := strings.Split(text.Masked(), "\n"); len(lines) != 4 || lines[2] != "Secret: ********" {
			t.Errorf("masked %q", text.Masked())
		}
	})
}

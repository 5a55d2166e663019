package product

import (
	"strings"
	"testing"
)

func TestRecogniseTheScreensOfProducts(t *testing.T) {
	t.Parallel()
	c := Embedded()
	cases := []struct {
		name, text string
		want       []string // product, routes, verdict
	}{
		{"Agiloft's warning means two things", "Warning. ... mail.agiloft.inbound.device-auth-request.response.user_code.name_NOT_DEFINED_OR_NOT_RETURNED", []string{
			"agiloft ms-mail-cc harmless", "agiloft ms-mail-device fix"}},
		{"in another case and with line ends", "user_code.name_not_defined_or\n not_returned", nil},
		{"a number of Entra's is no screen of a product", "AADSTS7000222: The provided client secret keys are expired.", nil},
		{"nothing", "", nil},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, one := range c.Recognise(tc.text) {
				got = append(got, one.Product.ID+" "+strings.Join(one.Routes, ",")+" "+one.Error.Verdict)
			}
			if strings.Join(got, "; ") != strings.Join(tc.want, "; ") {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// Every known error of a product's screen must be found through the quick look at its file.
func TestRecogniseFindsEveryKnownError(t *testing.T) {
	t.Parallel()
	c := Embedded()
	for _, id := range c.IDs() {
		p, err := c.Product(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, route := range p.Routes {
			for _, known := range route.Errors {
				if known.Where != "product" {
					continue
				}
				found := false
				for _, one := range c.Recognise(known.Match + " " + strings.Join(known.All, " ")) {
					found = found || one.Product == p
				}
				if !found {
					t.Errorf("%s, %s: %q is not found", id, route.ID, known.Match)
				}
			}
		}
	}
}

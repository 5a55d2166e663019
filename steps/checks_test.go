package steps

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func TestConnectionNames(t *testing.T) {
	t.Parallel()
	good := []string{"a", "0", "contoso-agiloft", "a-", strings.Repeat("z", 40), "console", "com", "com10", "nul1", "lpt-1"}
	for _, name := range good {
		if err := CheckName(name); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	bad := []string{
		"", "-a", "A", "a_b", "a.b", "a b", "a/b", `a\b`, "..", "ä", "a\n", strings.Repeat("z", 41),
		"con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt0", "lpt9",
	}
	for _, name := range bad {
		if CheckName(name) == nil {
			t.Errorf("%q is taken", name)
		}
	}
}

func TestDefaultNames(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, product, tenant, want string }{
		{"domain", "agiloft", "contoso.onmicrosoft.com", "agiloft-contoso"},
		{"domain in capitals", "agiloft", " Contoso.Example ", "agiloft-contoso"},
		{"GUID, cut at 40", "agiloft", testTenant, "agiloft-22222222-3333-4444-5555-666666666"[:40]},
		{"letters that do not belong", "agiloft", "münchen_1.example", "agiloft-mnchen1"},
		{"no tenant yet", "agiloft", "", "agiloft"},
		{"no product yet", "", "contoso.example", "contoso"},
		{"one of a product's other names", "Agiloft CLM", "contoso.example", "agiloftclm-contoso"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := DefaultName(tc.product, tc.tenant); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func FuzzDefaultName(f *testing.F) {
	f.Add("agiloft", "contoso.example")
	f.Add("", "---")
	f.Add("x", strings.Repeat("a-", 40))
	f.Fuzz(func(t *testing.T, product, tenant string) {
		if name := DefaultName(product, tenant); name != "" && !plainName(name) {
			t.Errorf("%q of %q and %q", name, product, tenant)
		}
	})
}

func TestSecretsAreLookedAtBeforeAnyServerSeesThem(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, value, says string }{
		{"of Entra's form", testSecret, ""},
		{"of another service", "short but fine", ""},
		{"with signs of every kind", `~!"§$%&/()=?{[]}\`, ""},
		{"missing", "", "client secret is missing"},
		{"the Secret ID", testObject, "secret-id-instead-of-value"},
		{"the Secret ID with blanks", " " + testObject + "\n", "secret-id-instead-of-value"},
		{"a blank before", " " + testSecret, "blanks around it"},
		{"a tab after", testSecret + "\t", "blanks around it"},
		{"a no-break space after", testSecret + "\u00a0", "blanks around it"},
		{"a line end after", testSecret + "\n", "line end in it"},
		{"two lines", "abc\r\ndef", "line end in it"},
		{"an escape inside", "abc\x1b[2Jdef", "control characters in it"},
		{"a zero byte", "abc\x00def", "control characters in it"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			err := CheckSecret(keychain.NewSecret(tc.value))
			if tc.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Fatalf("%v", err)
			}
			if value := strings.TrimSpace(tc.value); value != "" && strings.Contains(err.Error(), value) {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}

func TestWholeSecretsAreKnownByTheirForm(t *testing.T) {
	t.Parallel()
	for value, whole := range map[string]bool{testSecret: true, testSecret[:39]: false, "": false, strings.Repeat("a", 40): false} {
		if looksWhole(keychain.NewSecret(value)) != whole {
			t.Errorf("%q: whole is %v", value, !whole)
		}
	}
}

package diagnosis

import "testing"

func TestWhatIsWellIsLeftOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"it works fine with gmail.":                "it  .",
		"works for my gmail account":               " ",
		"outlook.com works perfectly":              " ",
		"gmail does not work":                      "gmail does not work",
		"the network is down":                      "the network is down",
		"tls handshake complete, login failed":     " , login failed",
		"tls handshake failed":                     "tls handshake failed",
		"no proxy, no firewall, connection failed": " , connection failed",
	} {
		if got := withoutPraise(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

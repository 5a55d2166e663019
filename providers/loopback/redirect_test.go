package loopback

import (
	"strings"
	"testing"
)

func TestParseRedirect(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		want       redirect
		words      string // of the error
	}{
		{"any port", "http://localhost", redirect{host: "localhost"}, ""},
		{"any port, with a slash", "http://localhost/", redirect{host: "localhost", path: "/"}, ""},
		{"port and path", "http://127.0.0.1:8421/callback", redirect{"127.0.0.1", "8421", "/callback"}, ""},
		{"percent signs stay as registered", "http://localhost/a%2Fb", redirect{host: "localhost", path: "/a%2Fb"}, ""},
		{"blanks around it", " http://localhost:1 \n", redirect{host: "localhost", port: "1"}, ""},
		{"https", "https://localhost:8421", redirect{}, "does not lead to this computer"},
		{"elsewhere", "http://crm.contoso.example/callback", redirect{}, "does not lead to this computer"},
		{"a name that only begins so", "http://localhost.contoso.example/", redirect{}, "does not lead to this computer"},
		{"every address of this computer", "http://0.0.0.0:8421", redirect{}, "does not lead to this computer"},
		{"with a user", "http://a:b@localhost", redirect{}, "not of the form"},
		{"with a query", "http://localhost/?a=b", redirect{}, "not of the form"},
		{"with an empty query", "http://localhost/?", redirect{}, "not of the form"},
		{"with a fragment", "http://localhost/#a", redirect{}, "not of the form"},
		{"port too large", "http://localhost:65536", redirect{}, "ports are 1 to 65535"},
		{"port of nothing", "http://localhost:0", redirect{}, "ports are 1 to 65535"},
		{"broken", "http://[::1/\x1b", redirect{}, "not of the form"},
		{"Google's switched-off way", "urn:ietf:wg:oauth:2.0:oob", redirect{}, "not of the form"},
		{"nothing", "", redirect{}, "does not lead to this computer"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseRedirect(tc.text)
			if got != tc.want || (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) {
				t.Errorf("it gives %+v, %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), "\x1b") {
				t.Errorf("control characters show in %q", err)
			}
		})
	}
}

func TestOnlyTheLoopbackIsHere(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost:8421":          true,
		"LOCALHOST:8421":          true,
		"127.0.0.1:8421":          true,
		"[::1]:8421":              true,
		"localhost":               false,
		"localhost:80":            false,
		"evil.example:8421":       false,
		"127.0.0.1.nip.test:8421": false,
		"":                        false,
	} {
		if got := (redirect{host: "localhost", port: "8421"}).isHere(host); got != want {
			t.Errorf("%q is here: %v", host, got)
		}
	}
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]", "localhost:80"} {
		if !(redirect{host: "localhost", port: "80"}).isHere(host) {
			t.Errorf("%q is not here at port 80", host)
		}
	}
}

func TestRedirectKeepsWhatIsRegistered(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://localhost":               "http://localhost:9",
		"http://localhost/":              "http://localhost:9/",
		"http://127.0.0.1/a%2Fb":         "http://127.0.0.1:9/a%2Fb",
		"http://127.0.0.1:9/callback.do": "http://127.0.0.1:9/callback.do",
	} {
		to, err := parseRedirect(text)
		if err != nil {
			t.Fatal(err)
		}
		if to.port = "9"; to.String() != want {
			t.Errorf("%s becomes %s", text, to)
		}
	}
}

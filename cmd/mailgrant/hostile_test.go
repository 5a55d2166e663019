package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shouter is a server that says the same to everybody, whatever is asked, until stop.
func shouter(line string) (address string, stop func(), err error) {
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	go func() {
		for {
			caller, err := door.Accept()
			if err != nil {
				return
			}
			go func() {
				defer caller.Close()
				heard := make([]byte, 1024)
				for {
					if _, err := caller.Write([]byte(line)); err != nil {
						return
					}
					if _, err := caller.Read(heard); err != nil {
						return
					}
				}
			}()
		}
	}()
	return door.Addr().String(), func() { _ = door.Close() }, nil
}

// control matches what must never reach a screen or a file: C0 besides line ends and tabs, DEL, C1.
var control = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f]")

// TestHostileSignInService lets a sign-in service answer with escape sequences in every text
// that it can choose.
func TestHostileSignInService(t *testing.T) {
	t.Parallel()
	const escape = "\x1b]0;owned\x07\x1b[2J\u009b31m"
	answers := map[string]struct {
		status int
		body   any
	}{
		"an error with a description": {http.StatusBadRequest, map[string]any{
			"error": "invalid_tenant" + escape, "error_description": "AADSTS90002: " + escape + " gone",
			"trace_id": escape, "correlation_id": escape, "error_codes": []int{90002},
		}},
		"metadata with an odd issuer": {http.StatusOK, map[string]any{
			"issuer": "https://sts.example/" + escape, "token_endpoint": "http://" + escape + "/token",
		}},
		"a page instead of metadata": {http.StatusOK, "<html>" + escape + "</html>"},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(answer.status)
				_ = json.NewEncoder(w).Encode(answer.body)
			}))
			defer service.Close()
			c := newConsole(t)
			c.env["MAILGRANT_CLIENT_SECRET"] = "abc8Q~not-the-real-one"
			file := c.answersFor(service, "imaps://127.0.0.1:1", "smtps://127.0.0.1:1")
			for _, args := range [][]string{{}, {"--json"}} {
				c.want(exitFailed, append([]string{"setup", "--store", "file", "--answers", file}, args...)...)
				for stream, text := range map[string]string{"stdout": c.out.String(), "stderr": c.talk.String()} {
					if bad := control.FindString(text); bad != "" {
						t.Errorf("%s holds the control character %q:\n%q", stream, bad, text)
					}
					if strings.Contains(text, `\u001b`) || strings.Contains(text, `\x1b`) {
						t.Errorf("%s holds an escaped control character:\n%s", stream, text)
					}
				}
			}
			c.eachFile(func(path string, text []byte) {
				if bad := control.Find(text); bad != nil {
					t.Errorf("%s holds the control character %q", path, bad)
				}
			})
		})
	}
}

// eachFile visits the files under home besides the encrypted one.
func (c *console) eachFile(visit func(path string, text []byte)) {
	c.t.Helper()
	err := filepath.WalkDir(c.home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "secrets.age" {
			return err
		}
		text, err := os.ReadFile(path)
		visit(path, text)
		return err
	})
	if err != nil {
		c.t.Error(err)
	}
}

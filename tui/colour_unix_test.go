//go:build unix

package tui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"

	"github.com/mailgrant/mailgrant/steps"
)

// TestColoursStayAwayWhenNobodyWantsThem draws on a real terminal device: on anything else the
// renderer leaves colours out by itself.
func TestColoursStayAwayWhenNobodyWantsThem(t *testing.T) {
	t.Chdir(t.TempDir())
	colour := regexp.MustCompile(`\x1b\[(?:[0-9]+;)*(?:[34]8[;:][25]|3[0-7]|9[0-7]|4[0-7])[0-9;:]*m`)
	for _, c := range []struct {
		name    string
		environ []string
		colours bool
	}{
		{"a terminal with colours", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"CLICOLOR=0", []string{"CLICOLOR=0"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown := onDevice(t, append([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}, c.environ...))
			if found := colour.FindString(shown); (found != "") != c.colours {
				t.Errorf("drawn with the colour %q", found)
			}
			if !strings.Contains(ansi.Strip(shown), "Agiloft") {
				t.Errorf("nothing was drawn: %q", shown)
			}
		})
	}
}

// onDevice runs setup on a terminal device, leaves it at once, and returns what was written.
func onDevice(t *testing.T, environ []string) string {
	t.Helper()
	device, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	if err := pty.Setsize(device, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	o := options(newWorld(t))
	o.Input, o.Output, o.Environ = tty, tty, environ
	go func() {
		_, err := Setup(t.Context(), o, steps.State{})
		tty.Close()
		ended <- err
	}()
	var shown strings.Builder
	buffer, asked := make([]byte, 4096), false
	for {
		n, err := device.Read(buffer)
		shown.Write(buffer[:n])
		if !asked && strings.Contains(ansi.Strip(shown.String()), "Agiloft") {
			asked = true
			if _, err := device.Write([]byte("\x03")); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			break // the other end was closed
		}
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	return shown.String()
}

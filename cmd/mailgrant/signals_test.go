//go:build unix

package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// program is the built program with a home of its own and nothing else in its environment.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("mailgrant") // TestMain puts it there
	if err != nil {
		t.Fatal(err)
	}
	made := exec.Command(path, args...)
	home := t.TempDir()
	made.Dir, made.Env = home, []string{"HOME=" + home, "MAILGRANT_HOME=" + home, "TMPDIR=" + home, "TERM=dumb", "PATH=" + os.Getenv("PATH")}
	return made
}

// endsWith waits for a program, and kills one that hangs.
func endsWith(t *testing.T, made *exec.Cmd, want int) {
	t.Helper()
	hung := time.AfterFunc(time.Minute, func() { _ = made.Process.Kill() })
	defer hung.Stop()
	_ = made.Wait()
	if got := made.ProcessState.ExitCode(); got != want {
		t.Errorf("%s ended with %d, want %d", strings.Join(made.Args[1:], " "), got, want)
	}
}

// TestPracticeEndsWithSignals sends the two signals that end a tenant. It goes with 0 and takes
// its certificate with it.
func TestPracticeEndsWithSignals(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]os.Signal{"interrupt": os.Interrupt, "terminate": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := program(t, "practice", "--json")
			out, err := made.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil || !strings.HasPrefix(line, `{"schema":"mailgrant.practice/1"`) {
				t.Errorf("it printed %q, %v", line, err)
			}
			if err := made.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			endsWith(t, made, exitOK)
			left, err := os.ReadDir(made.Dir)
			if err != nil || len(left) > 0 {
				t.Errorf("it left %v behind, %v", left, err)
			}
		})
	}
}

// TestHiddenPrompt types at a real terminal: the secret does not appear there, and Ctrl+C while
// it is being typed ends the program with 130 and a draft.
func TestHiddenPrompt(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "healthy")
	c := newConsole(t)
	made := program(t, "setup", "--plain", "--store", "file", "--answers", c.servers(d))
	made.Env = append(made.Env, "MAILGRANT_PASSPHRASE=a passphrase for tests")
	screen, err := pty.Start(made)
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	typist := &typist{t: t, screen: screen}
	typist.answer("Product: ", "1")
	typist.answer("Way to sign in: ", "1")
	typist.answer("Outbound address", "crm@contoso.example")
	typist.answer("Inbound 1 address", "")
	typist.answer("Tenant ID or domain", d.Describe().Tenant)
	typist.answer("Application (client) ID", d.Describe().ClientID)
	typist.answer("(hidden): ", "99999999-8888-7777-6666-555555555555")
	typist.waitFor("secret-id-instead-of-value")
	typist.waitFor("(hidden): ")
	if _, err := screen.WriteString("half~of~a~secret\x03"); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(screen) // ends with an error where the terminal is gone
	typist.seen.Write(rest)
	endsWith(t, made, exitInterrupted)
	text := typist.seen.String()
	holds(t, "the terminal", text, "kept as a draft", "stopped")
	if strings.Contains(text, "99999999") || strings.Contains(text, "half~of") {
		t.Errorf("a secret appeared on the terminal:\n%s", text)
	}
}

// typist reads a terminal until a prompt appears and types an answer.
type typist struct {
	t      *testing.T
	screen *os.File
	seen   bytes.Buffer
	read   int // of what was seen: prompts before it are answered
}

func (y *typist) waitFor(prompt string) {
	y.t.Helper()
	some := make([]byte, 4096)
	for {
		if at := strings.Index(y.seen.String()[y.read:], prompt); at >= 0 {
			y.read += at + len(prompt)
			return
		}
		n, err := y.screen.Read(some)
		y.seen.Write(some[:n])
		if err != nil {
			y.t.Fatalf("the terminal ended before %q:\n%s", prompt, y.seen.String())
		}
	}
}

func (y *typist) answer(prompt, answer string) {
	y.t.Helper()
	y.waitFor(prompt)
	if _, err := y.screen.WriteString(answer + "\r"); err != nil {
		y.t.Fatal(err)
	}
}

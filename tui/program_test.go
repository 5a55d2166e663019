package tui

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"github.com/mailgrant/mailgrant/steps"
)

// terminal runs the real program against an emulated terminal.
type terminal struct {
	t        *testing.T
	emulator *vt.SafeEmulator
	keys     *io.PipeWriter
	done     chan struct{}
	outcome  Outcome
	err      error
	mu       sync.Mutex
	raw      strings.Builder // all that was written
	drawn    chan struct{}   // one for some writing
}

func (term *terminal) Write(p []byte) (int, error) {
	term.mu.Lock()
	term.raw.Write(p)
	term.mu.Unlock()
	n, err := term.emulator.Write(p)
	select {
	case term.drawn <- struct{}{}:
	default:
	}
	return n, err
}

func newTerminal(t *testing.T, environ []string, run func(ctx context.Context, o Options) (Outcome, error)) *terminal {
	t.Helper()
	input, keys := io.Pipe()
	term := &terminal{t: t, emulator: vt.NewSafeEmulator(80, 24), keys: keys, done: make(chan struct{}), drawn: make(chan struct{}, 1)}
	// Without a terminal at the other end the renderer writes bare line feeds.
	if _, err := term.emulator.Write([]byte("\x1b[20h")); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, term.emulator) }() // its answers to queries
	o := options(newWorld(t))
	o.width, o.height = 80, 24
	o.Input, o.Output, o.Environ = input, term, append([]string{"TERM=xterm-256color"}, environ...)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer close(term.done)
		term.outcome, term.err = run(ctx, o)
	}()
	t.Cleanup(func() {
		cancel()
		keys.Close()
		<-term.done // the emulator is not closed: its Close and Read race with each other
	})
	return term
}

func (term *terminal) screen() string { return plain(term.emulator.Render()) }

func (term *terminal) see(text string) {
	term.t.Helper()
	term.until(text, func() bool { return strings.Contains(term.screen(), text) })
}

// until waits for the program to draw what makes the condition hold.
func (term *terminal) until(what string, condition func() bool) {
	term.t.Helper()
	patience := time.After(20 * time.Second)
	for !condition() {
		select {
		case <-term.drawn:
		case <-patience:
			term.t.Fatalf("%s did not come about on the terminal:\n%s", what, term.screen())
		}
	}
}

func (term *terminal) send(text string) {
	term.t.Helper()
	if _, err := io.WriteString(term.keys, text); err != nil {
		term.t.Fatal(err)
	}
}

func (term *terminal) written() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.raw.String()
}

// TestTheProgramDrawsOnATerminal walks to the registration through the real program, pastes a
// secret there and leaves.
func TestTheProgramDrawsOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	term := newTerminal(t, nil, func(ctx context.Context, o Options) (Outcome, error) {
		return Setup(ctx, o, steps.State{})
	})
	term.see("Which product")
	if !term.emulator.IsAltScreen() {
		t.Error("the program draws over the person's own screen")
	}
	term.send("\r")
	term.see("How Agiloft signs in")
	term.send("\r")
	term.see("Outbound address")
	term.send("crm@contoso.example\r")
	term.see("Inbound 1 address")
	term.send("\x13")
	term.see("3 of 8")
	term.send("contoso.example\r" + testClient)
	term.until("the cursor behind the client ID", func() bool {
		at := term.emulator.CursorPosition()
		return at.X == 1+2+labelWidth+len(testClient) && at.Y == 4
	})
	term.send("\r\x1b[200~" + testSecret + "\n\x1b[201~")
	term.see("✓ taken")
	term.send("\x03")
	term.see("Leave?")
	term.send("y")
	<-term.done
	if term.err != nil || term.outcome.Draft == "" || !term.outcome.Interrupted {
		t.Errorf("the outcome is %+v, %v", term.outcome, term.err)
	}
	if term.emulator.IsAltScreen() {
		t.Error("the person's own screen did not come back")
	}
	if strings.Contains(term.written(), testSecret) || strings.Contains(term.written(), testSecret[:10]) {
		t.Error("the secret was written to the terminal")
	}
}

func TestTheRunEndsWithItsContext(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	term := newTerminal(t, nil, func(_ context.Context, o Options) (Outcome, error) {
		return Home(ctx, o)
	})
	term.see("Practise")
	cancel()
	<-term.done
	if term.err != nil || !term.outcome.Interrupted {
		t.Errorf("the outcome is %+v, %v", term.outcome, term.err)
	}
}

package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// waits is how often the patience fits into a whole test.
const waits = 6

// talk is what the protocols do differently.
type talk interface {
	// greet reads the server's greeting and returns its words.
	greet() (string, error)
	// startTLS brings a plain connection to where the handshake follows.
	startTLS() error
	// signIn shows the token and returns a line for a person.
	signIn(xoauth2) (string, error)
	// leave says goodbye without waiting for an answer.
	leave()
}

// test is one attempt under way.
type test struct {
	prober    Prober
	attempt   Attempt
	sign      xoauth2
	veil      veil
	ledger    ledger
	end       time.Time // when the whole of it must have ended
	failure   error
	messages  int
	messageID string
	found     bool
}

func newTest(prober Prober, attempt Attempt) *test {
	sign := xoauth2{mailbox: attempt.Mailbox, token: attempt.Token}
	return &test{
		prober:   prober,
		attempt:  attempt,
		sign:     sign,
		veil:     newVeil(sign),
		ledger:   ledger{now: prober.Now, heard: prober.OnLayer, last: prober.Now()},
		messages: -1,
	}
}

func (t *test) run(ctx context.Context) {
	test := t.protocol()
	if test == nil {
		err := fmt.Errorf("protocol %q cannot be tested: only imap, smtp, pop3, graph and ews can", providers.Clean(t.attempt.Server.Protocol))
		t.fail(ctx, providers.LayerDNS, 0, err)
		return
	}
	t.end = time.Now().Add(waits * t.prober.Patience)
	addresses, err := t.resolve(ctx)
	if err != nil {
		t.fail(ctx, providers.LayerDNS, t.ledger.lap(), err)
		return
	}
	conn, target, err := t.dial(ctx, addresses)
	if err != nil {
		t.fail(ctx, providers.LayerTCP, t.ledger.lap(), err)
		return
	}
	w := t.wire(ctx, conn, target)
	defer w.close()
	test(ctx, w, target)
}

// protocol is what follows once there is a connection.
func (t *test) protocol() func(context.Context, *wire, string) {
	switch t.attempt.Server.Protocol {
	case "imap":
		return t.testIMAP
	case "smtp":
		return t.testSMTP
	case "pop3":
		return t.testPOP3
	case "graph":
		return t.testGraph
	case "ews":
		return t.testEWS
	}
	return nil
}

// wire takes over a connection to the server.
func (t *test) wire(ctx context.Context, conn net.Conn, target string) *wire {
	w := newWire(ctx, conn, &journal{veil: t.veil, now: t.prober.Now, tell: t.tell()})
	w.host, w.patience, w.end = t.attempt.Server.Addr(), t.prober.Patience, t.end
	w.journal.note(true, "[connected to "+target+"]")
	return w
}

// secure brings the connection to where a token may be shown: the layers tcp and tls. The
// greeting belongs to tcp, although it comes after the handshake where TLS is implicit.
func (t *test) secure(ctx context.Context, w *wire, protocol talk, target string) bool {
	connected := t.ledger.lap()
	if t.attempt.Server.Security == providers.ImplicitTLS {
		state, err := w.secure(t.tlsConfig())
		handshake := t.ledger.lap()
		if err != nil {
			t.pass(providers.LayerTCP, connected, "connected to "+target)
			return t.fail(ctx, providers.LayerTLS, handshake, w.trouble(providers.StageTLS, err))
		}
		words, err := protocol.greet()
		connected += t.ledger.lap()
		if err != nil {
			return t.fail(ctx, providers.LayerTCP, connected, err)
		}
		t.pass(providers.LayerTCP, connected, greeted(target, words))
		t.pass(providers.LayerTLS, handshake, describe(state))
		return true
	}

	words, err := protocol.greet()
	connected += t.ledger.lap()
	var stage *providers.StageError
	switch {
	case errors.As(err, &stage) && stage.Stage == providers.StageTLS:
		t.pass(providers.LayerTCP, connected, "connected to "+target)
		return t.fail(ctx, providers.LayerTLS, 0, err)
	case err != nil:
		return t.fail(ctx, providers.LayerTCP, connected, err)
	}
	t.pass(providers.LayerTCP, connected, greeted(target, words))
	if err := protocol.startTLS(); err != nil {
		return t.fail(ctx, providers.LayerTLS, t.ledger.lap(), err)
	}
	state, err := w.secure(t.tlsConfig())
	if err != nil {
		return t.fail(ctx, providers.LayerTLS, t.ledger.lap(), w.trouble(providers.StageTLS, err))
	}
	t.pass(providers.LayerTLS, t.ledger.lap(), describe(state))
	return true
}

func greeted(target, words string) string {
	if words == "" {
		return "connected to " + target
	}
	return "connected to " + target + ": " + words
}

// admit copies what is known of the token. Without one the test ends here.
func (t *test) admit() bool {
	token, claims := t.attempt.TokenLayer, t.attempt.ClaimsLayer
	token.Layer, claims.Layer = providers.LayerToken, providers.LayerClaims
	if t.attempt.Token.IsZero() {
		token.Outcome = providers.Failed
		if token.Detail == "" {
			token.Detail = "there is no access token"
		}
	}
	if token.Outcome == "" {
		token.Outcome = providers.Passed
	}
	t.conclude(token)
	if token.Outcome == providers.Failed {
		return false
	}
	if claims.Outcome == "" {
		claims.Outcome = providers.Skipped
	}
	t.conclude(claims)
	t.ledger.lap() // asking for the token took place elsewhere
	return true
}

// present shows the token: the layer sasl.
func (t *test) present(ctx context.Context, protocol talk) bool {
	detail, err := protocol.signIn(t.sign)
	if err != nil {
		return t.fail(ctx, providers.LayerSASL, t.ledger.lap(), err)
	}
	t.pass(providers.LayerSASL, t.ledger.lap(), detail)
	return true
}

// tell is where the conversation's lines go, each with the test it belongs to; nil for nowhere.
func (t *test) tell() func(Line) {
	if t.prober.Trace == nil {
		return nil
	}
	return func(line Line) {
		line.Probe, line.Mailbox = t.attempt.Server.Protocol, t.attempt.Mailbox
		t.prober.Trace(line)
	}
}

func (t *test) pass(layer providers.Layer, elapsed time.Duration, detail string) {
	t.conclude(LayerResult{Layer: layer, Outcome: providers.Passed, Elapsed: elapsed, Detail: detail})
}

func (t *test) skip(layer providers.Layer, detail string) {
	t.conclude(LayerResult{Layer: layer, Outcome: providers.Skipped, Detail: detail})
}

// fail ends the layer that stops the test, and returns false. Where the caller gave up, that is
// the reason, whatever the connection said when it was closed.
func (t *test) fail(ctx context.Context, layer providers.Layer, elapsed time.Duration, err error) bool {
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	t.failure = err
	t.conclude(LayerResult{Layer: layer, Outcome: providers.Failed, Elapsed: elapsed, Detail: wording(err)})
	return false
}

func (t *test) conclude(result LayerResult) {
	result.Detail = t.veil.keep(result.Detail)
	t.ledger.end(result)
}

// trouble types an error from before there is a connection.
func (t *test) trouble(stage providers.Stage, err error) error {
	return &providers.StageError{Stage: stage, Host: t.attempt.Server.Addr(), Err: explain(err, t.prober.Patience)}
}

func (t *test) result() Result {
	t.ledger.complete()
	return Result{
		Probe:     t.attempt.Server.Protocol,
		Mailbox:   t.attempt.Mailbox,
		Server:    t.attempt.Server,
		Outcome:   t.ledger.outcome(),
		Layers:    t.ledger.ended,
		Failure:   t.failure,
		Messages:  t.messages,
		MessageID: t.messageID,
		Found:     t.found,
	}
}

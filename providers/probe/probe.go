// Package probe tests one mailbox over one protocol, layer by layer, without changing it.
package probe

import (
	"context"
	"net"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// Attempt is one test to make.
type Attempt struct {
	Server  providers.Server
	Mailbox providers.Address // the address in the XOAUTH2 string, or of the folder read over HTTPS
	// AppOnly is whether the token is an app's own. Graph and EWS are then asked for the mailbox by
	// its address; EWS also to act for it.
	AppOnly bool
	// SignedIn is the account that a person signed in with, where it is known. Graph is asked for
	// "me" only where that is the mailbox.
	SignedIn providers.Address
	// Token is the access token. Without one the test ends after TLS: the layers of the server
	// are shown and Token's layer tells why there is none.
	Token keychain.Secret
	// TokenLayer and ClaimsLayer were found by whoever asked for the token, and are copied into
	// the result. A claims layer is passed, warned or skipped; it never stops a test.
	TokenLayer  LayerResult
	ClaimsLayer LayerResult
	// Folder is the one to open, read-only; empty means the inbox. Graph takes a well-known name
	// or an ID. POP3 and EWS open the inbox alone, and warn where another folder is named.
	Folder    string
	Find      string            // IMAP: a Message-ID to look for in that folder; empty means none
	Sender    providers.Address // SMTP, Graph: the From address; empty means Mailbox
	Recipient providers.Address // SMTP, Graph: one message goes there; empty means none is sent
	// SendsOnly is whether the token need not open the mailbox, as of a product that only sends.
	// Graph then does not hold a folder that stays closed against it.
	SendsOnly bool
	Subject   string // SMTP, Graph: the message's subject
}

// Result is what one test showed.
type Result struct {
	Probe   string            // "imap", "smtp", "pop3", "graph" or "ews"
	Mailbox providers.Address // as in the attempt
	Server  providers.Server
	// Outcome is failed if a layer failed, warned if one warned, else passed. A warning of the
	// claims layer does not count: what the server accepts is proved.
	Outcome providers.Outcome
	Layers  []LayerResult // all eight, in order
	// Failure is the typed error of the failed layer (of TokenLayer's maker, if that is the one):
	// *providers.Reply, *providers.HTTPRefusal, *providers.StageError, *providers.AuthorityError or
	// the context's own.
	Failure error
	// Messages is how many messages the opened folder holds; -1 where none was opened.
	Messages int
	// MessageID is the Message-ID, with angle brackets, of the message that the test sent; empty
	// where the server took none.
	MessageID string
	// Found is whether the message that the attempt looks for is in the folder.
	Found bool
}

// LayerResult is how one layer ended.
type LayerResult struct {
	Layer   providers.Layer
	Outcome providers.Outcome
	Elapsed time.Duration
	Detail  string // one line for a person, cleaned; no secret, no token
}

// Prober makes tests. Its zero value dials the network directly.
type Prober struct {
	// Dial opens a TCP connection; nil means a net.Dialer. The name has been resolved by then.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Resolve finds a host's addresses; nil means the system's resolver.
	Resolve func(ctx context.Context, host string) ([]string, error)
	// Endpoints gives the authorities to trust.
	Endpoints providers.Endpoints
	// Patience bounds each wait for a server, and a whole test is bounded by six times as much;
	// zero means 10 s.
	Patience time.Duration
	// Now is the clock that layers are timed with; nil means time.Now.
	Now func() time.Time
	// Trace receives the conversation, already without tokens; nil means none.
	Trace func(Line)
	// OnLayer hears of every layer as it ends, in order, so that a screen can show it at once.
	OnLayer func(LayerResult)
}

// Line is one line of a traced conversation.
type Line struct {
	At      time.Time
	Probe   string            // which test the line belongs to, since several run at once
	Mailbox providers.Address // likewise
	Sent    bool              // true from us to the server
	Text    string            // cleaned, secrets replaced
}

// Run makes the test. It returns within moments of ctx's end, leaves nothing running behind,
// and may be called from several goroutines at once.
func (p Prober) Run(ctx context.Context, attempt Attempt) Result {
	t := newTest(p.ready(), attempt)
	t.run(ctx)
	return t.result()
}

// ready fills in what was left at zero.
func (p Prober) ready() Prober {
	if p.Dial == nil {
		p.Dial = new(net.Dialer).DialContext
	}
	if p.Resolve == nil {
		p.Resolve = net.DefaultResolver.LookupHost
	}
	if p.Patience <= 0 {
		p.Patience = 10 * time.Second
	}
	if p.Now == nil {
		p.Now = time.Now
	}
	return p
}

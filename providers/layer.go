// Package providers is the vocabulary of mail sign-in: tenants, permissions, tokens, servers,
// and what they refuse. It does nothing by itself.
package providers

// Layer is one stage of a connection test. A failure is reported at the layer where it was seen.
type Layer string

// The eight layers. dns, tcp and tls are the mail server's; trouble on the way to the sign-in
// service is seen at token.
const (
	LayerDNS     Layer = "dns"
	LayerTCP     Layer = "tcp"
	LayerTLS     Layer = "tls"
	LayerToken   Layer = "token"
	LayerClaims  Layer = "claims"
	LayerSASL    Layer = "sasl"
	LayerMailbox Layer = "mailbox"
	LayerSend    Layer = "send"

	// LayerLocal is the person's own machine, store or configuration. No test reports it.
	LayerLocal Layer = "local"
)

// Layers returns the eight layers of a test, in their order.
func Layers() []Layer {
	return []Layer{LayerDNS, LayerTCP, LayerTLS, LayerToken, LayerClaims, LayerSASL, LayerMailbox, LayerSend}
}

// Outcome is how a layer or a whole test ended.
type Outcome string

// The outcomes, as they stand in JSON.
const (
	Passed     Outcome = "passed"
	Warned     Outcome = "warned"
	Failed     Outcome = "failed"
	Skipped    Outcome = "skipped" // not applicable
	NotReached Outcome = "notReached"
)

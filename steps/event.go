package steps

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// Event is something that happened while a step worked. The same events feed the screen, the
// plain printer and the JSON lines, so a fact cannot be visible in one of them alone.
type Event interface{ event() }

// Emit receives events, one at a time, from any goroutine of the step.
type Emit func(Event)

// Working says what is being done now.
type Working struct{ Text string }

// CodeIssued asks a person to enter a code elsewhere.
type CodeIssued struct {
	Account providers.Address // who must sign in
	For     []providers.Address
	Code    providers.DeviceCode
	Number  int // 1 for the first sign-in of Total
	Total   int
}

// PageOpened asks a person to sign in in a browser.
type PageOpened struct {
	Account providers.Address // who must sign in
	For     []providers.Address
	Page    providers.CodePage
	Number  int // 1 for the first sign-in of Total
	Total   int
}

// SignedIn says that a sign-in is done.
type SignedIn struct {
	Account providers.Address // who did sign in
	Want    providers.Address
}

// TestStarted says that a test runs.
type TestStarted struct{ Test Test }

// LayerDone says how a layer of a running test ended.
type LayerDone struct {
	Test  Test
	Layer probe.LayerResult
}

// TestDone says how a test ended.
type TestDone struct{ Result TestResult }

// Waiting says that the program will try again, and why, and until when it keeps trying.
type Waiting struct {
	Why   string
	Next  time.Time // the next try
	Until time.Time // the last one
}

func (Working) event()     {}
func (CodeIssued) event()  {}
func (PageOpened) event()  {}
func (SignedIn) event()    {}
func (TestStarted) event() {}
func (LayerDone) event()   {}
func (TestDone) event()    {}
func (Waiting) event()     {}

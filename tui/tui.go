// Package tui is the terminal UI: one root model that owns the frame, and a stack of screens
// over the same steps that the plain and the headless run walk.
package tui

import (
	"context"
	"io"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
)

// Options are what the screens work with.
type Options struct {
	Road   *steps.Road // copied; its AskAccount is set here
	Input  io.Reader   // nil: the terminal
	Output io.Writer   // nil: standard error, since results go to standard output
	// Environ decides how many colours are drawn; nil means the process's own.
	Environ []string
	Now     func() time.Time
	// FixedClock says that Now is not the real clock, so that its time is shown.
	FixedClock bool
	// OpenBrowser opens a page; nil where there is no browser to open.
	OpenBrowser func(url string) error
	// Approve gives the command that approves a sign-in of a practice run; nil otherwise.
	Approve func(code providers.DeviceCode, account providers.Address) string
	// ApprovePage is Approve for a sign-in in a browser.
	ApprovePage func(page providers.CodePage, account providers.Address) string
	// Remote says that the person sits at another machine than this program runs on, as over SSH.
	Remote bool
	// Practice names the practice run in a few words; empty otherwise.
	Practice string
	// Mend is the command that mends the fault planted in a practice run; empty otherwise.
	Mend string
	// Still leaves out everything that moves by itself.
	Still bool
	// ASCII draws no glyph that needs Unicode.
	ASCII bool
	// StoreName says where the client secret will be kept.
	StoreName string
	// Ticket writes a report as Markdown for a support ticket; nil where nobody can.
	Ticket func(steps.Report) string
	// Reproduce is the command that shows a cause on the practice tenant, empty where none does.
	Reproduce func(diagnosis.Diagnosis) string

	// width and height are the size of an Output that is no terminal and cannot tell it.
	width, height int
}

// Outcome is what a run of the screens came to.
type Outcome struct {
	State       steps.State
	Report      *steps.Report // of check and rotate; nil when neither was done
	Err         error         // the failure that the person left behind, if any
	Interrupted bool          // left with ctrl+c
	Draft       string        // path of the draft that was saved, if one was
	// Chosen is what the person chose at home and cmd must do: "show", "forget" or "practice";
	// State.Answers.Name is the connection. Forgetting has been agreed to.
	Chosen string
	// Text is the error text that was explained last, without what looks like a secret; empty
	// when none was. It is set by Explain alone.
	Text string
}

// Setup walks the road from the first step that start leaves open. The error is trouble with
// the terminal; whatever happens on the road is in the Outcome.
func Setup(ctx context.Context, o Options, start steps.State) (Outcome, error) {
	drafts := o.Road.Folder.Resumable(start.Answers)
	return run(ctx, o, func(d desk) screen {
		if len(drafts) > 0 {
			return newResume(d, start, drafts)
		}
		return newWizard(d, start)
	})
}

// Home shows the saved connections and leads to everything that can be done with them.
func Home(ctx context.Context, o Options) (Outcome, error) {
	return run(ctx, o, func(d desk) screen { return newHome(d) })
}

// Rotate asks for a connection's new client secret, proves it and puts it in the old one's place.
func Rotate(ctx context.Context, o Options, connection steps.Connection) (Outcome, error) {
	return run(ctx, o, func(d desk) screen { return newRotate(d, connection) })
}

// Explain asks for an error text and says what it means; as many texts as the person likes.
func Explain(ctx context.Context, o Options) (Outcome, error) {
	var s *explainScreen
	outcome, err := run(ctx, o, func(d desk) screen {
		s = newExplain(d)
		return s
	})
	outcome.Text = s.text.String()
	return outcome, err
}

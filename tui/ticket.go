package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
)

// ticketKey is the key that copies a failure's text for a support ticket; why is what speaks
// against it on the screen. Where letters are typed another key than t does it.
func (d desk) ticketKey(key, why string) binding {
	if why == "" && d.Ticket == nil {
		why = "this run writes no texts for tickets"
	}
	return bind("ticket", key).unless(why)
}

// copyTicket sends a report to the clipboard as text for a support ticket.
func (d desk) copyTicket(report steps.Report) tea.Cmd {
	if d.Ticket == nil {
		return nil
	}
	return copyOut(d.Ticket(report), "the ticket text was")
}

// copyTicket sends what the last job of a setup came to. Early on the road it has no name yet.
func (w *work) copyTicket(state steps.State) tea.Cmd {
	report := state.Report(w.desk.Road, w.failure)
	if report.Name == "" {
		report.Name = "a new connection"
	}
	return w.desk.copyTicket(report)
}

package practice

import "github.com/emersion/go-imap/v2"

// house is whose mailboxes a client reads, Exchange's or Gmail's, with what each says otherwise
// than the IMAP library.
type house struct {
	post    *postOffice
	missing func(folder string) error
	// closed says why no folder of a mailbox can be opened for the moment; nil where one can.
	closed func(mailbox string) *imap.Error
}

// exchangeHouse is Exchange Online.
func (t *Tenant) exchangeHouse() house {
	return house{
		post: &t.post,
		missing: func(folder string) error {
			return &imap.Error{Type: imap.StatusResponseTypeNo, Text: folder + " doesn't exist."}
		},
		closed: t.exchangeClosed,
	}
}

func (t *Tenant) exchangeClosed(mailbox string) *imap.Error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.state.exchange.imapDown {
		return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "Server Unavailable. 15"}
	}
	if box := t.state.mailbox(mailbox); box != nil && box.throttled {
		return &imap.Error{Type: imap.StatusResponseTypeBad, Text: "Request is throttled. Suggested Backoff Time: 29000 milliseconds"}
	}
	return nil
}

// gmailHouse is Gmail.
func (t *Tenant) gmailHouse() house {
	return house{
		post: &t.gmailPost,
		missing: func(folder string) error {
			return &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeNonExistent, Text: "Unknown Mailbox: " + folder + " (Failure)"}
		},
		closed: func(string) *imap.Error { return nil },
	}
}

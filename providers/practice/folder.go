package practice

import (
	"fmt"
	"io"
	"log"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// imapServer serves the connections that have signed in.
func (t *Tenant) imapServer() *imapserver.Server {
	return imapserver.New(&imapserver.Options{
		NewSession: func(conn *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			client, ok := conn.NetConn().(*signedIn)
			if !ok {
				return nil, nil, fmt.Errorf("connection did not come through the door: %T", conn.NetConn())
			}
			session := imapmemserver.NewUserSession(client.house.post.user(client.mailbox))
			greeting := &imapserver.GreetingData{PreAuth: true}
			if client.inside {
				return session, greeting, nil
			}
			return &mailSession{UserSession: session, tenant: t, house: client.house, mailbox: client.mailbox}, greeting, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapMove: {},
		},
		Logger: log.New(io.Discard, "", 0),
	})
}

// mailSession is one client reading one mailbox. The library keeps the mail; here is what it
// does otherwise than Exchange and Gmail.
type mailSession struct {
	*imapmemserver.UserSession
	tenant   *Tenant
	house    house
	mailbox  string
	readOnly bool
}

func (s *mailSession) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	if err := s.house.closed(s.mailbox); err != nil {
		s.note("SELECT %s refused: %s", name, err.Text)
		return nil, err
	}
	data, err := s.UserSession.Select(name, options)
	if err != nil {
		s.note("SELECT %s refused: there is no such folder", name)
		return nil, s.house.missing(name)
	}
	s.note("SELECT %s, %d messages", name, data.NumMessages)
	s.readOnly = options.ReadOnly
	data.Flags = []imap.Flag{imap.FlagSeen, imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagDraft}
	data.PermanentFlags = data.Flags
	if s.readOnly {
		data.PermanentFlags = nil
	}
	return data, nil
}

func (s *mailSession) Status(name string, options *imap.StatusOptions) (*imap.StatusData, error) {
	data, err := s.UserSession.Status(name, options)
	if err != nil {
		return nil, s.house.missing(name)
	}
	return data, nil
}

// Fetch leaves the messages of an examined folder unread (RFC 3501 section 6.3.2); the library's
// own would mark them.
func (s *mailSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	if s.readOnly {
		for _, section := range options.BodySection {
			section.Peek = true
		}
	}
	return s.UserSession.Fetch(w, set, options)
}

func (s *mailSession) Store(w *imapserver.FetchWriter, set imap.NumSet, flags *imap.StoreFlags, options *imap.StoreOptions) error {
	if s.readOnly {
		return readOnly("STORE")
	}
	return s.UserSession.Store(w, set, flags, options)
}

// Expunge is also what CLOSE calls, which in an examined folder succeeds and removes nothing.
func (s *mailSession) Expunge(w *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	if s.readOnly {
		return nil
	}
	return s.UserSession.Expunge(w, uids)
}

func (s *mailSession) Move(w *imapserver.MoveWriter, set imap.NumSet, to string) error {
	if s.readOnly {
		return readOnly("MOVE")
	}
	return s.UserSession.Move(w, set, to)
}

func (s *mailSession) note(format string, values ...any) {
	s.tenant.journal.note(s.tenant.clock.now(), "imap", s.mailbox+": "+fmt.Sprintf(format, values...))
}

func readOnly(command string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Text: command + " failed: the folder was opened read-only."}
}

package practice

import (
	"fmt"
	"net"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// insider reads and changes one mailbox for the protocols other than IMAP, as a client of the
// tenant's own IMAP server: so all of them show the same mail. Nothing that is planted reaches it.
type insider struct {
	client *imapclient.Client
	served *signedIn
}

// inside opens a mailbox of a house; the caller closes it.
func (t *Tenant) inside(of house, address string) (*insider, error) {
	if of.post.user(address) == nil {
		return nil, fmt.Errorf("%s has no mailbox", address)
	}
	ours, theirs := net.Pipe()
	served := &signedIn{Conn: theirs, reader: theirs, house: of, mailbox: address, inside: true, ended: make(chan struct{})}
	if !t.handed.give(served) {
		_ = ours.Close()
		return nil, net.ErrClosed
	}
	return &insider{imapclient.New(ours, nil), served}, nil
}

// close returns when the server has done with the connection.
func (i *insider) close() {
	_ = i.client.Close()
	<-i.served.ended
}

// shelf is a folder as it is listed.
type shelf struct {
	name             string
	validity         uint32 // the folder's own number, which renaming leaves alone
	messages, unread int
}

// shelves are all folders, by name.
func (i *insider) shelves() ([]shelf, error) {
	listed, err := i.client.List("", "*", nil).Collect()
	if err != nil {
		return nil, err
	}
	list := []shelf{}
	for _, folder := range listed {
		status, err := i.client.Status(folder.Mailbox, &imap.StatusOptions{NumMessages: true, NumUnseen: true, UIDValidity: true}).Wait()
		if err != nil {
			return nil, err
		}
		list = append(list, shelf{
			name: folder.Mailbox, validity: status.UIDValidity,
			messages: int(*status.NumMessages), unread: int(*status.NumUnseen),
		})
	}
	return list, nil
}

// stored is one message as it lies in a folder.
type stored struct {
	uid  imap.UID
	raw  []byte
	at   time.Time // when it arrived
	read bool
}

// messages are those of a folder, the oldest first. Reading marks none.
func (i *insider) messages(folder string) ([]stored, error) {
	selected, err := i.client.Select(folder, nil).Wait()
	if err != nil || selected.NumMessages == 0 {
		return nil, err
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	fetched, err := i.client.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{
		UID: true, Flags: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{whole},
	}).Collect()
	if err != nil {
		return nil, err
	}
	list := make([]stored, 0, len(fetched))
	for _, message := range fetched {
		list = append(list, stored{
			uid: message.UID, raw: message.FindBodySection(whole), at: message.InternalDate.UTC(),
			read: slices.Contains(message.Flags, imap.FlagSeen) || slices.Contains(message.Flags, "\\seen"),
		})
	}
	return list, nil
}

// remove takes messages out of a folder for good.
func (i *insider) remove(folder string, uids []imap.UID) error {
	if len(uids) == 0 {
		return nil
	}
	if _, err := i.client.Select(folder, nil).Wait(); err != nil {
		return err
	}
	set := imap.UIDSetNum(uids...)
	marking := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
	if err := i.client.Store(set, marking, nil).Close(); err != nil {
		return err
	}
	return i.client.UIDExpunge(set).Close()
}

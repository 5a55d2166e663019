package practice

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/google/uuid"

	"github.com/mailgrant/mailgrant/providers"
)

const sentItems = "Sent Items"

// postOffice keeps the mail of every mailbox, in memory.
type postOffice struct {
	mutex sync.Mutex
	users map[string]*imapmemserver.User // by address in lower case
}

// exchangeFolders are those that every mailbox of Exchange has.
func exchangeFolders() []string {
	return []string{"INBOX", "Drafts", sentItems, "Deleted Items", "Junk Email", "Archive"}
}

// open makes an empty mailbox with these folders for everybody.
func (p *postOffice) open(people []Person, folders []string) {
	p.users = map[string]*imapmemserver.User{}
	for _, person := range people {
		user := imapmemserver.NewUser(person.Address, "")
		for _, folder := range folders {
			_ = user.Create(folder, nil) // fails only where the folder is there already
		}
		p.users[strings.ToLower(person.Address)] = user
	}
}

func (p *postOffice) user(address string) *imapmemserver.User {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.users[strings.ToLower(address)]
}

// letter is a message on its way.
type letter struct {
	raw     []byte
	id      string   // Message-ID, with its brackets
	senders []string // who it claims to be from: the envelope and the From header
	at      time.Time
}

// newLetter reads what matters in a message that came over a protocol, and gives it the headers
// that Exchange adds.
func newLetter(raw []byte, sender, protocol string, at time.Time) letter {
	l := letter{at: at}
	if sender != "" {
		l.senders = append(l.senders, sender)
	}
	added := fmt.Sprintf("Received: from client by practice with %s; %s\r\n", protocol, at.Format(time.RFC1123Z))
	if message, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		l.id = providers.Clean(message.Header.Get("Message-ID"))
		if from, err := message.Header.AddressList("From"); err == nil {
			for _, author := range from {
				if !has(l.senders, author.Address) {
					l.senders = append(l.senders, author.Address)
				}
			}
		}
	}
	if l.id == "" {
		l.id = "<" + uuid.NewString() + "@practice.example>"
		added += "Message-ID: " + l.id + "\r\n"
	}
	l.raw = append([]byte(added), raw...)
	return l
}

// receives says whether mail to the address can be delivered: Exchange needs a licensed mailbox.
func (t *Tenant) receives(address string) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	box := t.state.mailbox(address)
	return box != nil && box.licensed
}

// deliver puts the message into the recipients' inboxes and, as Exchange does, into Sent Items of
// the mailbox that signed in; nowhere if that is empty.
func (t *Tenant) deliver(l letter, authenticated string, recipients []string) error {
	for _, to := range recipients {
		if err := t.post.put(to, "INBOX", l); err != nil {
			return err
		}
	}
	if authenticated == "" {
		return nil
	}
	return t.post.put(authenticated, sentItems, l, imap.FlagSeen)
}

func (p *postOffice) put(address, folder string, l letter, flags ...imap.Flag) error {
	user := p.user(address)
	if user == nil {
		return fmt.Errorf("%s has no mailbox", address)
	}
	_, err := user.Append(folder, bytes.NewReader(l.raw), &imap.AppendOptions{Time: l.at, Flags: flags})
	return err
}

package providers

import (
	"fmt"
	"strings"
)

// MechanismMissing says that a mail server, asked what it can do after TLS, does not offer the
// way of signing in that is needed.
type MechanismMissing struct {
	Protocol string   // "imap", "smtp"
	Wanted   string   // "XOAUTH2"
	Offered  []string // cleaned; may be empty
}

func (e *MechanismMissing) Error() string {
	offered := "none"
	if len(e.Offered) > 0 {
		offered = strings.Join(e.Offered, " ")
	}
	return fmt.Sprintf("the %s server does not offer %s; it offers: %s", e.Protocol, e.Wanted, offered)
}

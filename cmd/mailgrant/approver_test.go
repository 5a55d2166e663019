//go:build realmail

package main

import (
	"bytes"
	"encoding/json"
	"sync"
	"testing"
)

// approver is a standard error that is read by somebody: whoever sees a sign-in line there
// enters its code on the practice page, as the mailbox's own user.
type approver struct {
	t      *testing.T
	tenant *tenant

	mu    sync.Mutex
	said  bytes.Buffer
	line  []byte
	tasks sync.WaitGroup
}

func newApprover(t *testing.T, tenant *tenant) *approver {
	a := &approver{t: t, tenant: tenant}
	t.Cleanup(a.tasks.Wait)
	return a
}

func (a *approver) Write(text []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.said.Write(text)
	a.line = append(a.line, text...)
	for {
		end := bytes.IndexByte(a.line, '\n')
		if end < 0 {
			return len(text), nil
		}
		var code signInJSON
		if json.Unmarshal(a.line[:end], &code) == nil && code.UserCode != "" {
			a.tasks.Go(func() {
				if _, _, err := a.tenant.enter(code.UserCode, code.Mailbox, "approve"); err != nil {
					a.t.Error(err)
				}
			})
		}
		a.line = a.line[end+1:]
	}
}

func (a *approver) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.said.String()
}

package steps

import (
	"context"
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// ByHand is one test with a token that somebody brought along, without a connection.
type ByHand struct {
	Protocol string // "imap", "smtp", "pop3", "graph" or "ews"
	Server   string // URL
	Mailbox  string
	Folder   string
	SendTo   string // one message is sent there
	CAFile   string // authorities to trust besides the system's
	Token    keychain.Secret
}

// ByHand makes one test. What it was called with wrongly comes back as AnswerErrors.
func (r *Road) ByHand(ctx context.Context, by ByHand) (TestResult, error) {
	test, ends, err := r.planByHand(by)
	if err != nil {
		return TestResult{}, err
	}
	claims, _ := providers.ReadClaims(by.Token.Reveal())
	appOnly := len(claims.Roles) > 0 && len(claims.Scopes) == 0
	prober := r.Probe
	prober.Endpoints = ends
	result := TestResult{Test: test, Claims: claims, Result: prober.Run(ctx, probe.Attempt{
		Server: test.Server, Mailbox: test.Mailbox.Address, Folder: by.Folder, Recipient: test.Recipient,
		AppOnly: appOnly, SignedIn: providers.Address(claims.User), Token: by.Token, Subject: "Mailgrant test",
		TokenLayer:  probe.LayerResult{Layer: providers.LayerToken, Outcome: providers.Passed, Detail: "brought along"},
		ClaimsLayer: r.claimsByHand(test.Server.Protocol, appOnly, claims),
	})}
	if ctx.Err() != nil {
		return TestResult{}, ctx.Err()
	}
	if result.OK() {
		return result, nil
	}
	result.Diagnoses = diagnosis.Diagnose(
		diagnosis.Symptom{Layer: failedLayer(result.Result), Protocol: by.Protocol, Err: result.Failure},
		diagnosis.Evidence{
			AppOnly: appOnly, Tenant: claims.TenantID, ClientID: providers.ClientID(claims.ClientID),
			Mailbox: test.Mailbox.Address, Sender: test.Mailbox.Address, SignIn: test.Mailbox.Address, Folder: by.Folder,
			Host: test.Server.Addr(), Claims: claims, Needs: protocolNeeds(by.Protocol, appOnly)[0], TokenExpired: expired(claims, r.Now()),
		})
	return result, nil
}

func (r *Road) planByHand(by ByHand) (Test, providers.Endpoints, error) {
	var ends providers.Endpoints
	var wrong AnswerErrors
	check := func(flag Key, err error, fix string) {
		if err != nil {
			wrong = append(wrong, &AnswerError{Key: flag, Message: err.Error(), Fix: fix})
		}
	}
	server, err := providers.ParseServer(by.Protocol, by.Server)
	check("server", err, "give --server as a URL of that protocol")
	mailbox, err := providers.ParseAddress(by.Mailbox)
	check("mailbox", err, "give --mailbox as a bare address")
	test := Test{Server: server, Mailbox: Mailbox{Address: mailbox, SignIn: mailbox, Folder: by.Folder}}
	if by.SendTo != "" {
		test.Recipient, err = providers.ParseAddress(by.SendTo)
		check("send-to", err, "give --send-to as a bare address")
		if by.Protocol != "smtp" && by.Protocol != "graph" {
			check("send-to", fmt.Errorf("nothing can be sent over %s", by.Protocol), "send over smtp or graph")
		}
	}
	if by.Token.IsZero() || strings.ContainsAny(by.Token.Reveal(), " \r\n\t") {
		check("token-stdin", fmt.Errorf("the access token on standard input is missing or not on one line"), "give the token alone, without the word Bearer")
	}
	for _, file := range []string{by.CAFile, r.CAFile} {
		if file == "" || len(wrong) > 0 {
			continue
		}
		if ends.Roots == nil {
			ends.Roots = systemRoots()
		}
		if err := addRoots(ends.Roots, file); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return Test{}, ends, wrong
	}
	return test, ends, nil
}

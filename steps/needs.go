package steps

import (
	"fmt"
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// needSignIn is the need of a person's sign-in.
const needSignIn = "sign-in"

// waitingWith adds to sign-ins the command that waits for them.
func waitingWith(command string, needs []Need) []Need {
	needs = slices.Clone(needs)
	for i := range needs {
		if needs[i].What == needSignIn {
			needs[i].Command = command
		}
	}
	return needs
}

// signInNeeds are the sign-ins that a plan waits for. Which command waits for them is known to
// the verb that runs.
func signInNeeds(plan Plan) []Need {
	var needs []Need
	for _, signIn := range plan.SignIns {
		needs = append(needs, Need{
			What:  needSignIn,
			Owner: diagnosis.MailboxUser,
			Text:  fmt.Sprintf("sign in as %s %s", signIn.Account, plan.signingIn()),
		})
	}
	return needs
}

// signingIn says how a person signs in.
func (p Plan) signingIn() string {
	if p.Way() == InBrowser {
		return "in a browser"
	}
	return "with a device code"
}

// needsOf is what a person elsewhere must do after a sign-in that failed for want of that person:
// a consent, or the sign-in itself.
func needsOf(plan Plan, found diagnosis.Diagnosis) []Need {
	switch found.Cause {
	case diagnosis.ConsentMissing, diagnosis.AdminConsentRequired:
		need := Need{What: "consent", Owner: found.Owner, Text: found.Summary}
		if len(found.Fixes) > 0 {
			need.Text, need.Command, need.URL = found.Fixes[0].Text, found.Fixes[0].Command, found.Fixes[0].URL
		}
		return []Need{need}
	case diagnosis.WrongUserSignedIn, diagnosis.DeviceCodeExpired, diagnosis.DeviceCodeDeclined:
		return signInNeeds(plan)
	}
	return nil
}

// signInNeeded says, as a diagnosis without a cause, that only a person can go on.
func signInNeeded(plan Plan, summary string) diagnosis.Diagnosis {
	return diagnosis.Diagnosis{
		Certainty: diagnosis.Certain,
		Layer:     providers.LayerToken,
		Owner:     diagnosis.MailboxUser,
		Summary:   summary,
		Fixes: []diagnosis.Fix{{
			Text: fmt.Sprintf("run it again with --wait 15m and sign in as %s when the code is shown, or run it in a terminal", plan.SignIns[0].Account),
		}},
	}
}

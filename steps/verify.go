package steps

import (
	"fmt"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Verified is a plan that has been proved. Only verify makes one, so that a configuration
// nobody tested cannot be written as tested.
type Verified struct {
	plan    Plan
	results []TestResult
	texts   []TextProof
	at      time.Time
	by      string
}

// Plan is what was proved.
func (v Verified) Plan() Plan { return v.plan }

// At is when the last of the proofs was done, in UTC.
func (v Verified) At() time.Time { return v.at }

// Unverified says why a plan does not count as proved.
type Unverified struct{ Reasons []string }

func (e *Unverified) Error() string { return "not verified: " + strings.Join(e.Reasons, "; ") }

// verify is pure: a plan is proved when each of its tests passed and each of its texts asks for
// what was proved.
func verify(plan Plan, results []TestResult, texts []TextProof, now time.Time, by string) (Verified, error) {
	var reasons []string
	for _, test := range plan.Tests {
		if result := resultOf(results, test); result == nil {
			reasons = append(reasons, fmt.Sprintf("%s over %s was not tested", test.Mailbox.Address, test.Server.Protocol))
		} else if !result.OK() {
			reasons = append(reasons, fmt.Sprintf("%s over %s failed", test.Mailbox.Address, test.Server.Protocol))
		}
	}
	for _, want := range plan.wantedTexts() {
		if text := textOf(texts, want); text == nil {
			reasons = append(reasons, want.artefact.Title+" was not proved")
		} else if !text.OK {
			reasons = append(reasons, text.Title+": "+text.Detail)
		}
	}
	if len(plan.Tests) == 0 {
		reasons = append(reasons, "nothing was tested")
	}
	if len(reasons) > 0 {
		return Verified{}, &Unverified{reasons}
	}
	return Verified{plan, results, texts, now.UTC(), by}, nil
}

func resultOf(results []TestResult, test Test) *TestResult {
	for i := range results {
		if results[i].Test == test {
			return &results[i]
		}
	}
	return nil
}

func textOf(texts []TextProof, want wantedText) *TextProof {
	for i := range texts {
		if texts[i].Artefact == want.artefact.ID && texts[i].Address == want.mailbox.Address {
			return &texts[i]
		}
	}
	return nil
}

// record is what a file keeps of a proof.
func (v Verified) record(answers Answers) *Proof {
	proof := &Proof{At: v.at.Format(time.RFC3339), By: v.by, Fingerprint: answers.Fingerprint(), Way: string(v.plan.Way()), Results: records(v.results)}
	for _, text := range v.texts {
		proof.Texts = append(proof.Texts, TextRecord{text.Artefact, string(text.Address), text.How, text.Detail})
	}
	return proof
}

func records(results []TestResult) []ResultRecord {
	var kept []ResultRecord
	for _, result := range results {
		one := ResultRecord{
			Probe:   result.Probe,
			Mailbox: string(result.Test.Mailbox.Address),
			Server:  result.Test.Server.String(),
			Outcome: string(result.Outcome),
		}
		told := tellingLayer(result)
		for _, layer := range result.Layers {
			if layer.Layer == told {
				one.Detail = layer.Detail
			}
		}
		if len(result.Diagnoses) > 0 {
			one.Cause = string(result.Diagnoses[0].Cause)
		}
		kept = append(kept, one)
	}
	return kept
}

// tellingLayer is the layer whose detail says most: the failed one, else what was done with the
// mailbox, which over SMTP is to send or not to send.
func tellingLayer(result TestResult) providers.Layer {
	if failed := failedLayer(result.Result); failed != "" {
		return failed
	}
	if result.Test.Mailbox.Direction == product.Outbound {
		return providers.LayerSend
	}
	return providers.LayerMailbox
}

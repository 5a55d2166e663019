package diagnosis

import (
	"context"
	"errors"

	"github.com/mailgrant/mailgrant/providers"
)

// Diagnose names the reasons for a failure, the most probable first; the others say what decides
// between them. The result is never empty: a failure that is not recognised gives one diagnosis
// without a cause, which holds the server's own words and whom to ask with which ID.
func Diagnose(symptom Symptom, evidence Evidence) []Diagnosis {
	findings := recognise(symptom, evidence)
	if evidence.atGoogle() {
		findings = googleHouse.settle(findings)
	}
	if len(findings) == 0 {
		return []Diagnosis{unrecognised(symptom, evidence)}
	}
	v := valuesOf(symptom, evidence)
	diagnoses := make([]Diagnosis, 0, len(findings))
	for _, finding := range findings {
		diagnoses = append(diagnoses, finding.diagnosis(v))
	}
	return diagnoses
}

// recognise reads the typed error. The order matters where one error wraps another: the outermost
// of ours knows most.
func recognise(symptom Symptom, evidence Evidence) []finding {
	if stage, ok := asStage(symptom.Err); ok {
		return fromStage(stage, symptom, evidence)
	}
	if _, ok := asWrongAccount(symptom.Err); ok {
		return certain(WrongUserSignedIn)
	}
	var authority *providers.AuthorityError
	if errors.As(symptom.Err, &authority) && authority != nil {
		return fromAuthority(authority, symptom, evidence)
	}
	var expired *providers.DeviceCodeExpired
	if errors.As(symptom.Err, &expired) {
		return certain(DeviceCodeExpired)
	}
	var unfinished *providers.CodePageExpired
	if errors.As(symptom.Err, &unfinished) {
		return certain(CallbackNotReceived)
	}
	var unusable *providers.PortUnusable
	if errors.As(symptom.Err, &unusable) {
		return showing(&answerPortUnusable, certain(CallbackNotReceived))
	}
	var reply *providers.Reply
	if errors.As(symptom.Err, &reply) && reply != nil {
		return fromReply(reply, symptom, evidence)
	}
	var refusal *providers.HTTPRefusal
	if errors.As(symptom.Err, &refusal) && refusal != nil {
		return fromHTTP(refusal, symptom, evidence)
	}
	if findings := fromKeychain(symptom.Err); findings != nil {
		return findings
	}
	if errors.Is(symptom.Err, context.DeadlineExceeded) {
		return likely(ServerTimeout)
	}
	return nil
}

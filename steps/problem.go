package steps

import (
	"context"
	"errors"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// Problem is a failure that has been diagnosed. It leads back to the step that mends it, where
// there is one.
type Problem struct {
	Diagnoses []diagnosis.Diagnosis // most probable first, at least one
	Mend      Name                  // empty when no step of the road mends it
	Key       Key                   // the answer to correct, when it is one
	Needs     []Need                // set when a person elsewhere must act first
	Err       error
}

func (p *Problem) Error() string { return p.Diagnoses[0].Summary }
func (p *Problem) Unwrap() error { return p.Err }

// Need is something that only a person can do.
type Need struct {
	What    string
	Owner   diagnosis.Owner
	Text    string
	Command string
	URL     string
}

// diagnosed makes a Problem of a failure, or passes on a context's end as it is.
func diagnosed(symptom diagnosis.Symptom, evidence diagnosis.Evidence) error {
	if errors.Is(symptom.Err, context.Canceled) || errors.Is(symptom.Err, context.DeadlineExceeded) && symptom.Layer == "" {
		return symptom.Err
	}
	return ProblemOf(diagnosis.Diagnose(symptom, evidence), symptom.Err)
}

// ProblemOf makes a Problem of diagnoses, at least one, so that a screen can lead to the step
// that mends the first of them.
func ProblemOf(found []diagnosis.Diagnosis, err error) *Problem {
	mend, key := mends(found[0].Cause)
	return &Problem{Diagnoses: found, Mend: mend, Key: key, Err: err}
}

// mends names the step, and the answer where it is one, that mends a cause.
func mends(cause diagnosis.Cause) (Name, Key) {
	switch cause {
	case diagnosis.SecretExpired, diagnosis.SecretIDInsteadOfValue, diagnosis.SecretWrongOrTruncated, diagnosis.SecretMissing, diagnosis.SecretNotYetActive:
		return StepRegistration, KeySecret
	case diagnosis.TenantNotFound, diagnosis.TenantIDMissing, diagnosis.WrongNationalCloud:
		return StepRegistration, KeyTenant
	case diagnosis.AppNotInTenant, diagnosis.AppDisabledInTenant, diagnosis.PublicClientFlowDisabled:
		return StepRegistration, KeyClientID
	case diagnosis.ConsentMissing, diagnosis.AdminConsentRequired, diagnosis.ScopeMissing, diagnosis.ResourceNotInAppPermissions, diagnosis.AppPermissionDeclarationInvalid:
		return StepPermissions, ""
	case diagnosis.ServicePrincipalObjectIDWrong:
		return StepExchange, KeyObjectID
	case diagnosis.ServicePrincipalMissing, diagnosis.SMTPSendAsAppMissing, diagnosis.MailboxPermissionMissing, diagnosis.IMAPDisabledMailbox,
		diagnosis.SMTPAuthDisabledTenant, diagnosis.SMTPAuthDisabledMailbox, diagnosis.SendAsDenied:
		return StepExchange, ""
	case diagnosis.WrongUserSignedIn, diagnosis.DeviceCodeExpired, diagnosis.DeviceCodeDeclined, diagnosis.TokenRevokedPasswordChange, diagnosis.AccessTokenExpired:
		return StepSignIn, ""
	case diagnosis.ConditionalAccessBlocked, diagnosis.DeviceNotCompliant:
		return StepRoute, KeyRoute
	case diagnosis.MailboxNotFoundOrUnlicensed, diagnosis.IMAPFolderMissing, diagnosis.UserNotFound:
		return StepMailboxes, ""
	}
	return "", ""
}

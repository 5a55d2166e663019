package diagnosis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// unrecognised says openly that the reason is not known, in the server's own words, and whom to ask
// with which ID. A wrong fix would cost more than none.
func unrecognised(symptom Symptom, evidence Evidence) Diagnosis {
	d := Diagnosis{Certainty: Possible, Layer: symptom.Layer, Owner: You}
	if d.Layer == "" {
		d.Layer = providers.LayerLocal
	}
	var authority *providers.AuthorityError
	var reply *providers.Reply
	var refusal *providers.HTTPRefusal
	switch {
	case errors.As(symptom.Err, &authority) && authority != nil:
		describeAuthority(&d, authority)
	case errors.As(symptom.Err, &reply) && reply != nil:
		describeReply(&d, reply, evidence)
	case errors.As(symptom.Err, &refusal) && refusal != nil:
		describeHTTP(&d, refusal, evidence)
	case errors.Is(symptom.Err, keychain.ErrPassphrase):
		d.Summary = "the passphrase does not open the secrets file"
		d.Fixes = []Fix{{Text: "enter the passphrase again; without it the client secret must be entered anew"}}
	case errors.Is(symptom.Err, context.Canceled):
		d.Summary = "the test was stopped before it ended"
		d.Fixes = []Fix{{Text: "run the test again"}}
	case symptom.Err == nil:
		d.Summary = "the test failed without giving a reason"
		d.Fixes = []Fix{{Text: "run the test again with a trace, and look at its last lines"}}
	default:
		d.Summary = "the test failed for a reason that is not recognised: " + quoted(symptom.Err.Error())
		d.Fixes = []Fix{{Text: "run the test again with a trace, and look at its last lines"}}
	}
	return d
}

func describeAuthority(d *Diagnosis, refusal *providers.AuthorityError) {
	d.Owner = EntraAdmin
	words := first(refusal.Description, refusal.Code, "HTTP "+strconv.Itoa(refusal.Status))
	d.Summary = "the sign-in service refused for a reason that is not recognised: " + quoted(words) + inBrackets(identifiers(refusal))
	number := refusal.Number()
	if _, meaning, known := AADSTS(number); known {
		d.Summary = fmt.Sprintf("the sign-in service answered AADSTS%d, %s: %s", number, meaning, quoted(words)) + inBrackets(identifiers(refusal))
	}
	if ids := identifiers(refusal); len(ids) > 0 {
		d.Fixes = append(d.Fixes, Fix{Text: "ask the Entra administrator to find this sign-in in the sign-in logs by its " + strings.Join(ids, " and "), URL: entraPage})
	} else {
		d.Fixes = append(d.Fixes, Fix{Text: "ask the administrator of the sign-in service to find this sign-in in its log"})
	}
	if number > 0 {
		d.Fixes = append(d.Fixes, Fix{Text: fmt.Sprintf("look AADSTS%d up at Microsoft", number), URL: codePage + strconv.Itoa(number)})
	}
}

func identifiers(refusal *providers.AuthorityError) []string {
	var ids []string
	if refusal.CorrelationID != "" {
		ids = append(ids, "correlation ID "+shown(refusal.CorrelationID))
	}
	if refusal.TraceID != "" {
		ids = append(ids, "trace ID "+shown(refusal.TraceID))
	}
	if len(ids) > 0 && refusal.Timestamp != "" {
		ids[len(ids)-1] += " of " + providers.Clean(refusal.Timestamp)
	}
	return ids
}

// unknownText is for a pasted text in which no cause is recognised: it tells what the text names all
// the same, and what to do next.
func unknownText(facts Facts) Diagnosis {
	d := Diagnosis{Certainty: Possible, Layer: providers.LayerLocal, Owner: You, Summary: "the text does not tell a cause that is known here"}
	refusal := &providers.AuthorityError{CorrelationID: facts.CorrelationID, TraceID: facts.TraceID, Timestamp: facts.Timestamp}
	if facts.AADSTS != 0 {
		d.Layer, d.Owner = providers.LayerToken, EntraAdmin
		d.Summary = fmt.Sprintf("the text does not tell a cause that is known here; it names AADSTS%d", facts.AADSTS)
		if _, meaning, known := AADSTS(facts.AADSTS); known {
			d.Summary += ": " + meaning
		}
		d.Fixes = append(d.Fixes, Fix{Text: fmt.Sprintf("look AADSTS%d up at Microsoft", facts.AADSTS), URL: codePage + strconv.Itoa(facts.AADSTS)})
	}
	if ids := identifiers(refusal); len(ids) > 0 {
		d.Fixes = append(d.Fixes, Fix{Text: "ask the Entra administrator to find this sign-in in the sign-in logs by its " + strings.Join(ids, " and "), URL: entraPage})
	}
	d.Fixes = append(d.Fixes, Fix{Text: "paste more of the log, with the lines before and after the error, or test the connection itself"})
	return d
}

func describeReply(d *Diagnosis, reply *providers.Reply, evidence Evidence) {
	words := quoted(strings.Join(strings.Fields(strings.Join([]string{reply.Status, reply.Enhanced, reply.Bracket, reply.Text}, " ")), " "))
	if reply.Command == "RCPT" {
		d.Summary = "the server does not take the message for this recipient, but the sign-in worked: " + words
		d.Fixes = []Fix{
			{Text: "check the recipient's address, or send the test message to the connection's own mailbox"},
			{Text: "ask the administrator of the recipient's mail server with these words"},
		}
		return
	}
	d.Summary = fmt.Sprintf("%s refused %s for a reason that is not recognised: %s",
		first(shown(evidence.Host), "the server"), first(shown(reply.Command), "the command"), words)
	d.Owner = ExchangeAdmin
	d.Fixes = []Fix{
		{Text: "ask the mail server's administrator with these words: the text in square brackets, where there is one, names server, time and request"},
		{Text: "run the test again with a trace, and look at the lines before the refusal"},
	}
	if reply.Protocol == "smtp" && ofMicrosoft(hostOf(evidence.Host)) {
		d.Fixes = append(d.Fixes, Fix{Text: "if the message was taken, follow it in the message trace", URL: messageTracePage})
	}
}

func describeHTTP(d *Diagnosis, refusal *providers.HTTPRefusal, evidence Evidence) {
	words := quoted(strings.Join(strings.Fields(strings.Join([]string{"HTTP", strconv.Itoa(refusal.Status), refusal.Code, refusal.Message, refusal.Diagnostics}, " ")), " "))
	d.Owner = ExchangeAdmin
	d.Summary = fmt.Sprintf("%s refused %s for a reason that is not recognised: %s",
		first(shown(evidence.Host), "the server"), first(shown(refusal.Command), "the request"), words)
	if refusal.RequestID != "" {
		id := "request ID " + shown(refusal.RequestID)
		d.Summary += inBrackets([]string{id})
		d.Fixes = append(d.Fixes, Fix{Text: "ask Microsoft's support with the " + id + ", by which they find the request"})
	}
	d.Fixes = append(d.Fixes, Fix{Text: "run the test again with a trace, and look at the headers of the answer"})
}

// quoted is a server's text as a person may read it: cleaned, in quotation marks.
func quoted(text string) string { return strconv.Quote(providers.Clean(text)) }

func inBrackets(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (" + strings.Join(ids, ", ") + ")"
}

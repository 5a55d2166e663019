package probe

import (
	"encoding/json"

	"github.com/mailgrant/mailgrant/providers"
)

// readGraphFolder reads a mailFolder (https://learn.microsoft.com/graph/api/resources/mailfolder).
func readGraphFolder(body []byte) (graphFolder, bool) {
	var said struct {
		Name     *string `json:"displayName"`
		Messages *uint32 `json:"totalItemCount"`
	}
	if err := json.Unmarshal(body, &said); err != nil || said.Name == nil || said.Messages == nil {
		return graphFolder{}, false
	}
	return graphFolder{name: *said.Name, messages: int(*said.Messages)}, true
}

// graphError is what Graph says of a request that it refuses, raw.
type graphError struct{ code, message, requestID string }

// readGraphError reads an error body (https://learn.microsoft.com/graph/errors), as much of it as
// there is: a gateway before Graph may write another.
func readGraphError(body []byte) graphError {
	var said struct {
		Error json.RawMessage `json:"error"`
	}
	var inside struct {
		Code    json.RawMessage `json:"code"`
		Message json.RawMessage `json:"message"`
		Inner   json.RawMessage `json:"innerError"`
	}
	var inner struct {
		RequestID json.RawMessage `json:"request-id"`
	}
	// What is missing or of another type stays empty.
	_ = json.Unmarshal(body, &said)
	_ = json.Unmarshal(said.Error, &inside)
	_ = json.Unmarshal(inside.Inner, &inner)
	return graphError{code: jsonText(inside.Code), message: jsonText(inside.Message), requestID: jsonText(inner.RequestID)}
}

func jsonText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}

// graph is the message as Graph's sendMail takes it
// (https://learn.microsoft.com/graph/api/resources/message).
func (m message) graph(mailbox providers.Address) any {
	type address struct {
		EmailAddress struct {
			Address string `json:"address"`
		} `json:"emailAddress"`
	}
	one := func(of providers.Address) *address {
		a := new(address)
		a.EmailAddress.Address = string(of)
		return a
	}
	fields := map[string]any{
		"subject":           m.subject,
		"body":              map[string]string{"contentType": "text", "content": m.text()},
		"toRecipients":      []*address{one(m.to)},
		"internetMessageId": m.id,
		// Graph takes no other headers than those that begin with X.
		"internetMessageHeaders": []map[string]string{{"name": "X-Auto-Response-Suppress", "value": "All"}},
	}
	if !m.from.Same(mailbox) {
		fields["from"] = one(m.from)
	}
	return map[string]any{"message": fields, "saveToSentItems": false}
}

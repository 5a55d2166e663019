package practice

import (
	"net/mail"
	"slices"
	"strings"
	"time"
)

// messageAnswer is a message, or a page of those of a folder or of the whole mailbox.
func messageAnswer(reader *insider, call graphCall) (any, *graphRefusal) {
	shelves, err := reader.shelves()
	if err != nil {
		return nil, graphUnavailable()
	}
	context := "users('" + call.user + "')/messages"
	if call.names("mailFolders", "*", "messages") {
		found, refused := findShelf(shelves, call.user, call.path[1])
		if refused != nil {
			return nil, refused
		}
		shelves, context = []shelf{found}, "users('"+call.user+"')/mailFolders('"+call.path[1]+"')/messages"
	}
	entries, err := reader.graphMessages(call.user, shelves)
	if err != nil {
		return nil, graphUnavailable()
	}
	if call.names("messages", "*") {
		i := slices.IndexFunc(entries, func(entry map[string]any) bool { return entry["id"] == call.path[1] })
		switch {
		case i >= 0:
			return selected(entries[i], call, context+"/$entity"), nil
		case !itemIDShaped(call.path[1]):
			return nil, &graphRefusal{status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed."}
		}
		return nil, graphItemNotFound("The process failed to get the correct properties.")
	}
	query, refused := parseGraphQuery(call)
	if refused != nil {
		return nil, refused
	}
	slices.SortStableFunc(entries, func(a, b map[string]any) int {
		return strings.Compare(b["receivedDateTime"].(string), a["receivedDateTime"].(string))
	})
	if query.oldest {
		slices.Reverse(entries)
	}
	return query.page(entries, call, context), nil
}

// graphMessages are the messages of some folders.
func (i *insider) graphMessages(address string, shelves []shelf) ([]map[string]any, error) {
	var entries []map[string]any
	for _, folder := range shelves {
		messages, err := i.messages(folder.name)
		if err != nil {
			return nil, err
		}
		for _, message := range messages {
			entries = append(entries, message.graph(address, folder))
		}
	}
	return entries, nil
}

// graph is the message (https://learn.microsoft.com/graph/api/resources/message).
func (s stored) graph(address string, folder shelf) map[string]any {
	content := readContent(s.raw)
	sent := content.date
	if sent.IsZero() {
		sent = s.at
	}
	return map[string]any{
		"id": s.id(address, folder), "parentFolderId": folder.id(address), "isRead": s.read,
		"isDraft": folder.name == "Drafts", "importance": "normal",
		"receivedDateTime": s.at.Format(time.RFC3339), "sentDateTime": sent.UTC().Format(time.RFC3339),
		"subject": content.subject, "internetMessageId": content.id, "hasAttachments": content.attachments,
		"bodyPreview": content.preview(), "body": map[string]string{"contentType": content.kind, "content": content.text},
		"from": first(graphRecipients(content.from)), "sender": first(graphRecipients(content.from)),
		"toRecipients": graphRecipients(content.to), "ccRecipients": graphRecipients(content.cc),
		"bccRecipients": graphRecipients(nil), "replyTo": graphRecipients(nil),
	}
}

func (s stored) id(address string, folder shelf) string {
	return itemID(strings.ToLower(address), folder.validity, s.uid)
}

// graphRecipient is an address as Graph writes it.
type graphRecipient struct {
	EmailAddress struct {
		Name    string `json:"name"`
		Address string `json:"address"`
	} `json:"emailAddress"`
}

func graphRecipients(addresses []*mail.Address) []graphRecipient {
	list := []graphRecipient{}
	for _, address := range addresses {
		var one graphRecipient
		one.EmailAddress.Name, one.EmailAddress.Address = address.Name, address.Address
		if one.EmailAddress.Name == "" {
			one.EmailAddress.Name = address.Address
		}
		list = append(list, one)
	}
	return list
}

// first is the first recipient, or null.
func first(list []graphRecipient) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

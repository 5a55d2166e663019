package practice

import (
	"encoding/base64"
	"slices"
	"time"
)

// ewsRootFolder is what a search found
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/finditem-operation).
type ewsRootFolder struct {
	Next  int       `xml:"IndexedPagingOffset,attr"`
	Total int       `xml:"TotalItemsInView,attr"`
	Last  bool      `xml:"IncludesLastItemInRange,attr"`
	Items []ewsItem `xml:"t:Items>t:Message"`
}

// ewsItem is a message, its properties in the order of the schema
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/message-ex15websvcsotherref).
type ewsItem struct {
	MIME        *ewsText    `xml:"t:MimeContent,omitempty"`
	ID          ewsItemID   `xml:"t:ItemId"`
	Class       string      `xml:"t:ItemClass,omitempty"`
	Subject     string      `xml:"t:Subject,omitempty"`
	Body        *ewsText    `xml:"t:Body,omitempty"`
	Received    string      `xml:"t:DateTimeReceived,omitempty"`
	Size        *int        `xml:"t:Size,omitempty"`
	Attachments *bool       `xml:"t:HasAttachments,omitempty"`
	Sender      *ewsMailbox `xml:"t:Sender>t:Mailbox,omitempty"`
	From        *ewsMailbox `xml:"t:From>t:Mailbox,omitempty"`
	MessageID   string      `xml:"t:InternetMessageId,omitempty"`
	Read        *bool       `xml:"t:IsRead,omitempty"`
}

type ewsText struct {
	Kind     string `xml:"BodyType,attr,omitempty"`
	Encoding string `xml:"CharacterSet,attr,omitempty"`
	Text     string `xml:",chardata"`
}

type ewsMailbox struct {
	Name    string `xml:"t:Name"`
	Address string `xml:"t:EmailAddress"`
	Routing string `xml:"t:RoutingType"`
}

// findItem lists the messages of folders, the newest first.
func (t *Tenant) findItem(account ewsAccount, asked ewsFindItem) ewsResponse {
	var list []ewsMessage
	for _, id := range asked.Folders.IDs {
		if asked.Restriction != nil {
			list = append(list, ewsError("ErrorUnsupportedPathForQuery", "The query is not supported: the practice tenant lists folders without a restriction."))
			continue
		}
		message := ewsSuccess()
		bad := t.ewsOpen(account, id, func(reader *insider, address string, _ []shelf, folder shelf) error {
			messages, err := reader.messages(folder.name)
			slices.Reverse(messages)
			message.Root = asked.page(address, folder, messages)
			return err
		})
		if bad != nil {
			message = *bad
		}
		list = append(list, message)
	}
	return ewsAnswer("FindItem", list)
}

// maxEWSPage is how many items are listed at most where the client does not say.
const maxEWSPage = 1000

func (f ewsFindItem) page(address string, folder shelf, messages []stored) *ewsRootFolder {
	from, most := 0, maxEWSPage
	if f.View != nil {
		from = min(max(f.View.Offset, 0), len(messages))
		if f.View.Most > 0 {
			most = min(f.View.Most, maxEWSPage)
		}
	}
	until := min(from+most, len(messages))
	page := &ewsRootFolder{Next: until, Total: len(messages), Last: until == len(messages)}
	for _, message := range messages[from:until] {
		page.Items = append(page.Items, message.ews(address, folder, f.Shape))
	}
	return page
}

// getItem answers for each message by itself.
func (t *Tenant) getItem(account ewsAccount, asked ewsGetItem) ewsResponse {
	found := map[string]ewsItem{}
	if reader, err := t.inside(t.exchangeHouse(), account.address); err == nil {
		defer reader.close()
		found = reader.ewsItems(account.address, asked)
	}
	var list []ewsMessage
	for _, wanted := range asked.Items {
		message := ewsError("ErrorItemNotFound", "The specified object was not found in the store., The process failed to get the correct properties.")
		if item, there := found[wanted.ID]; there {
			message = ewsSuccess()
			message.Items = &[]ewsItem{item}
		}
		list = append(list, message)
	}
	return ewsAnswer("GetItem", list)
}

// ewsItems are all messages of the mailbox by their IDs, with their texts.
func (i *insider) ewsItems(address string, asked ewsGetItem) map[string]ewsItem {
	found := map[string]ewsItem{}
	shelves, _ := i.shelves() // what cannot be read is not found
	for _, folder := range shelves {
		messages, _ := i.messages(folder.name)
		for _, message := range messages {
			item := message.ews(address, folder, asked.Shape)
			if !asked.Shape.idOnly() {
				read := readContent(message.raw)
				kind := map[string]string{"text": "Text", "html": "HTML"}[read.kind]
				item.Body = &ewsText{Kind: kind, Text: read.text}
			}
			if asked.Shape.MIME {
				item.MIME = &ewsText{Encoding: "UTF-8", Text: base64.StdEncoding.EncodeToString(message.raw)}
			}
			found[item.ID.ID] = item
		}
	}
	return found
}

func (s stored) ews(address string, folder shelf, shape ewsShape) ewsItem {
	item := ewsItem{ID: newEWSID(s.id(address, folder))}
	if shape.idOnly() {
		return item
	}
	read := readContent(s.raw)
	item.Class, item.Subject, item.MessageID, item.Received = "IPM.Note", read.subject, read.id, s.at.Format(time.RFC3339)
	item.Size, item.Attachments, item.Read = new(len(s.raw)), new(read.attachments), new(s.read)
	if len(read.from) > 0 {
		item.From = &ewsMailbox{Name: read.from[0].Name, Address: read.from[0].Address, Routing: "SMTP"}
		item.Sender = item.From
	}
	return item
}

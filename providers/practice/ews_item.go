package practice

import (
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

// ewsItem is a message
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/message-ex15websvcsotherref).
type ewsItem struct {
	ID          ewsItemID   `xml:"t:ItemId"`
	Class       string      `xml:"t:ItemClass,omitempty"`
	Subject     string      `xml:"t:Subject,omitempty"`
	Received    string      `xml:"t:DateTimeReceived,omitempty"`
	Size        *int        `xml:"t:Size,omitempty"`
	Attachments *bool       `xml:"t:HasAttachments,omitempty"`
	From        *ewsMailbox `xml:"t:From>t:Mailbox,omitempty"`
	MessageID   string      `xml:"t:InternetMessageId,omitempty"`
	Read        *bool       `xml:"t:IsRead,omitempty"`
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
	}
	return item
}

package diagnosis

// mailWords are said of mail and its servers only.
var mailWords = []string{
	"imap", "smtp", "pop3", "gmail.com", "gmail api", "auth/gmail", "mail.google", "mailbox", "sendmail", "mailkit",
	"javax.mail",
	"mailexception", "net.mail", "phpmailer", "nodemailer", "fetchmail", "getmail",
	"exchange online", "microsoft exchange", "exchange server", "exchange.asmx", "exchangelib", "exchange web services",
	"exchangeonline", "exchange.webservices", "serviceprincipal",
	"xoauth2", "auth oauthbearer", "authenticate oauthbearer", "storedrv", "mapiexception", "sendasdenied", "inbox", "send mail", "send email", "send the mail", "send the email", "sending mail", "sending email",
	"dovecot", "postfix", "gsmtp", "gimap",
	"mx.google", "esmtp",
	"port: 993", "port: 25", "command: 'conn'", "port 993", "port=993", "port: 587", "port 587", "port=587", ":993",
	":587", ":465", ":995", "acdc-direct",
	"ms-acdc", "x-ms-diagnostics", "impersonat",
	// The same in the languages of their programs.
	"postfach", "boîte aux lettres", "courrier électronique", "correo electrónico", "buzón de correo",
	"caixa de correio",
	"posta elettronica", "casella di posta", "postvak", "メールボックス", "邮箱",
}

// suiteWords name the suites in which mail is one service among others.
var suiteWords = []string{"gmail", "outlook", "office365", "office 365", "o365", "microsoft 365", "m365"}

// signInWords are said of the services that give out tokens for mailboxes, and of their libraries.
var signInWords = []string{
	"microsoftonline", "microsoft.com/devicelogin", "google.com/device", "microsoft sign", "in to microsoft", "login.windows.net", "login.live.com", "login.partner",
	"graph.microsoft", "microsoft graph",
	"ms graph", "msgraph", "graph api",
	"aadsts", "msal", "clientautherror", "browserautherror", "acquiretoken", "adal", "azure ad", "azuread", "entra",
	"identity.client", "microsoft.identity", "aad.", "invalidauthenticationtoken",
	"accounts.google", "oauth2.googleapis", "googleapis.com/oauth2", "google.auth", "googleauth", "google_auth",
	"gaxios",
	"signet", "google-auth", "google.apis.auth", "google oauth",
}

// trades are words that name another trade: directories, shops, services with a sign-in of their own.
var trades = []string{
	"ldap", "ldaps", "ldaperr", "ldapexception", "saml", "openidc", "keycloak", "okta", "auth0",
	"git", "github", "gitlab", "gitea", "bitbucket", "mattermost", "sftp", "ftp", "rsync", "svn",
	"terraform", "ansible", "consul",
	"kafka", "rabbitmq", "amqp", "amqps", "amqplib", "pika", "zookeeper", "mqtt", "elasticsearch", "opensearch",
	"logstash",
	"hadoop",
	"aws", "amazonaws", "amazons3exception", "botocore", "boto3", "expiredtokenexception", "dynamodb",
	"salesforce", "autotask", "zoom", "spotify", "spotipy", "rspotify", "strava", "twitch", "discord", "discordapp", "discordjs", "discordapierror", "xmpp", "prosody", "ejabberd", "slack", "telegram",
	"facebook",
	"twitter", "instagram", "linkedin", "firebaseerror", "firebaseapp", "firestore", "xero", "hubspot", "paypal",
	"stripe", "shopify", "openai", "youtube", "fitbit", "dropbox",
	"vsphere", "vmware", "grpc", "radius", "freeradius", "fortinet", "etcd", "minio",
	"eap", "peap", "hostapd", "zabbix", "grafana", "jwtbearerhandler",
	"oidc", "gemini", "playwright", "minecraft", "puppet", "intune", "wireguard", "openvpn",
	"registry", "kubectl", "kubelet", "minikube", "imagepullbackoff", "crashloopbackoff",
	"jwtauth", "jsonwebtokenerror", "sass", "expiredjwtexception",
	"istio", "envoy", "cognitoidentityprovider", "snowflakecomputing",
	"kinit", "kdc",
	"fbtrace",
}

// tools are words that name what a program runs on, goes through and is made with. They have failures of their own,
// and are named by people who only say how they installed a program for mail.
var tools = []string{
	"kerberos", "krb5", "ssh", "sshd", "sts", "samba", "vpn", "wifi", "wlan", "cloudflare", "letsencrypt",
	"codesign", "xcode", "vscode", "npm", "yarn", "pnpm",
	"postgres", "postgresql", "psql", "mysql", "mysqld", "mariadb", "mongodb", "mongo", "mongoservererror", "redis",
	"sqlite",
	"oracle", "ora", "jdbc", "odbc", "sqlserver", "mssql", "sqlcmd", "sqlexception", "hikari", "cassandra", "clickhouse",
	"snowflake", "hy000",
	"vault", "container", "docker", "dockerd", "containerd", "kubernetes", "k8s", "jenkins",
	"podman", "helm",
	"pip", "pypi", "conda", "maven", "gradle", "nuget", "composer", "cargo", "crates", "rubygems",
	"apt", "yum", "dnf",
	"nginx", "httpd", "traefik", "haproxy", "wordpress",
}

// otherServices are the services beside mail that the same sign-in opens. They win over the words of
// the sign-in, not over those of mail.
var otherServices = []string{
	"/chats", "/me/joinedteams", "/planner/", "/todo/lists", "/onlinemeetings", "/presence", "/devicemanagement",
	"/auditlogs",
	"v1.0/identity/", "beta/identity/", "v1.0/applications", "/rolemanagement",
	"token-identified principal", "database.windows.net", "sqlclient", "sql server", "azure sql",
	"sharepoint", "channelmessage.", "chat.read", "microsoftteams", "/sites/", "/drive/", "/drives/", "onedrive",
	"/teams/", "microsoft teams", "/channels/", "powerbi",
	"power bi", "dynamics",
	"protonmail", "youtube", "google drive", "gdrive", "auth/drive", "auth/calendar", "google calendar", "drive api",
	"/drive/v3", "drive storage", "gspread", "gsheets", "google sheets",
	"sheets api", "spreadsheet", "calendar api", "/calendar/v3", "photos library", "photoslibrary",
	"google photos", "googlephotos",
}

// otherPrograms are the ports and sentences of programs that have sign-ins of their own. They win as
// otherServices do.
var otherPrograms = []string{
	"s3://", "s3 bucket", ":6379", ":5432", ":3306", ":1433", ":27017", ":9092", ":5672", ":636", // databases, queues, directories
	"remote desktop", "personal access token", "gss failure", "firebase auth", "firebase storage",
	"oauth2\\server", "templatesyntaxerror", "tokenexpirederror: jwt", "type: oauthexception", "\"type\":\"oauthexception",
	"microsoft.compute", "/subscriptions/", "find a version that satisfies", "cert-manager",
}

// databaseWords are said by databases, which keep mail as well: no word of mail beside them counts.
var databaseWords = []string{
	"pg_hba.conf", "cannot open database", "login failed for user", "access denied for user",
	"password authentication failed for user \"",
	"rocksdb", "sqlstate[", "programmingerror",
}

// besides are the beginnings of addresses that are no server's that somebody signs in to: this
// computer's, those of manuals, and of files, which have no host.
var besides = []string{
	"localhost", "127.", "0.0.0.0", "[::1]", "aka.ms", "go.microsoft.com", "docs.", "learn.", "support.", "help.",
	"wiki.",
	"developers.", "next-auth.js.org", "errors.authjs.dev", "/",
}

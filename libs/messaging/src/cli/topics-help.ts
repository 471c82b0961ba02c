export const HELP = `The topics of Baton: what they should be like, and what they are like.

  topics plan     says what would be created and what differs; changes nothing
  topics apply    creates what is missing; tells what else differs and leaves it
  topics check    says in what the topics are not as they should be, for CI and alarms
  topics acls     prints what each part of Baton must be allowed at Kafka

  --partitions <n>       partitions of topics with keys (TOPIC_PARTITIONS, default 24 for new ones; only judged where it is said)
  --replication <n>      brokers that keep each record (TOPIC_REPLICATION, default 3, or as many as there are)
  --min-insync <n>       how many of them must have it before it counts as taken (TOPIC_MIN_INSYNC); where it is not said, 2 at topics
                         with 3 replicas and more, else 1, and more are right, too
  --retention-days <n>   how long people's words are kept (TOPIC_RETENTION_DAYS, default 7)
  --json                 the same for machines

apply:
  --alter-settings       also sets what differs in cleanup.policy, retention.ms, segment.ms, max.message.bytes and min.insync.replicas
  --grow-partitions      also raises the number of partitions, to --partitions; needs --keys-move:
  --keys-move            yes, I know: from then on most conversations go to another partition, and keep their order only when nothing
                         writes meanwhile and everything was read before. See docs/operations/kafka.md for the procedure
  --without <service>    a service that is not installed here, so that growing does not wait for it to read; once for each
  --may-differ           ends with 0 although something differs: an upgrade goes on, and each service tells it
acls:
  --format <how>         kafka-acls (default), strimzi or json
  --user-template <text> the principal of each user, default "User:baton-{user}"; for mTLS for example "User:CN={user}"
  --bot <botId>          a user for this bot alone, once for each bot; without it one user for all bots
  --one-user             one user "all" for everything, with what all of them may
  --strimzi-cluster <name>  the Kafka resource that the users belong to; needed for strimzi
  --authentication <how> of the users of Strimzi: scram-sha-512 (default), tls, or tls-external for certificates of somebody else

Exit codes: 0 as wanted, 1 something differs, 2 it could not be done, 64 wrong words, 78 wrong environment.
KAFKA_BROKERS (default 127.0.0.1:9092), KAFKA_TOPIC_PREFIX, KAFKA_TLS… and KAFKA_SASL… as the services have them.`;

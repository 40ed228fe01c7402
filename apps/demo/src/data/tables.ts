/** What a new database begins with; `schema.ts` says the same to the compiler. */
export const TABLES = `
create table customers (
  id text primary key, name text not null, street text not null, postcode text not null, city text not null,
  billing_address text not null, email text not null, phone text not null, profile_photo text
) strict;
create table accounts (
  customer_id text primary key references customers (id), username text not null unique, password_hash text,
  login_token_hash text not null, last_ip_address text
) strict;
create table orders (
  id integer primary key, customer_id text not null references customers (id), products text not null,
  amount integer not null, status text not null, ordered_at text not null, delivery_address text not null,
  delivery_city text not null, billing_address text not null, ip_address text
) strict;
create index orders_by_customer on orders (customer_id);
create table payments (
  id integer primary key, order_id integer not null references orders (id),
  customer_id text not null references customers (id), account_number text not null, card_last_digits text,
  status text not null, paid_at text
) strict;
create index payments_by_customer on payments (customer_id);
create table dashboard_settings (
  customer_id text primary key references customers (id), opening_hours text not null, forward_to text not null,
  greeting text not null
) strict;
create table dashboard_actions (
  id integer primary key, customer_id text not null references customers (id), action text not null,
  done_at text not null, ip_address text
) strict;
create index dashboard_actions_by_customer on dashboard_actions (customer_id);
create table contact_messages (
  id integer primary key, contact_id text not null, name text not null, address text not null, city text not null,
  email text not null, phone text not null, ip_address text, message text not null, answer text
) strict;
create table staff (id text primary key, username text not null unique, role text not null, login_token_hash text not null)
  strict;
`;

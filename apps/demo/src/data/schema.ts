import type { Generated } from 'kysely';

// The tables of the dashboard. Which column holds which personal data stands in the register.

export interface Customers {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly billing_address: string;
  readonly email: string;
  readonly phone: string;
  readonly profile_photo: string | null;
}

export interface Accounts {
  readonly customer_id: string;
  readonly username: string;
  readonly password_hash: string | null;
  readonly login_token_hash: string;
  readonly last_ip_address: string | null;
}

export interface Orders {
  readonly id: Generated<number>;
  readonly customer_id: string;
  readonly products: string;
  readonly amount: number;
  readonly status: string;
  readonly ordered_at: string;
  readonly delivery_address: string;
  readonly delivery_city: string;
  readonly billing_address: string;
  readonly ip_address: string | null;
}

export interface Payments {
  readonly id: Generated<number>;
  readonly order_id: number;
  readonly customer_id: string;
  readonly account_number: string;
  readonly card_last_digits: string | null;
  readonly status: string;
  readonly paid_at: string | null;
}

export interface DashboardSettings {
  readonly customer_id: string;
  readonly opening_hours: string;
  readonly forward_to: string;
  readonly greeting: string;
}

export interface DashboardActions {
  readonly id: Generated<number>;
  readonly customer_id: string;
  readonly action: string;
  readonly done_at: string;
  readonly ip_address: string | null;
}

export interface ContactMessages {
  readonly id: Generated<number>;
  readonly contact_id: string;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly email: string;
  readonly phone: string;
  readonly ip_address: string | null;
  readonly message: string;
  readonly answer: string | null;
}

/** Who works here. No customers, so not in the data map. */
interface Staff {
  readonly id: string;
  readonly username: string;
  readonly role: string;
  readonly login_token_hash: string;
}

/** All tables, for Kysely. */
export interface Tables {
  readonly customers: Customers;
  readonly accounts: Accounts;
  readonly orders: Orders;
  readonly payments: Payments;
  readonly dashboard_settings: DashboardSettings;
  readonly dashboard_actions: DashboardActions;
  readonly contact_messages: ContactMessages;
  readonly staff: Staff;
}

// Names of the register of Voorbeeld B.V., version of 2019-03-05.
// Made by `zegel register types`; changes belong in the register.
import type { AccessEventOf, RegisterActivity, RegisterDocument, RegisterField } from '@zegel/log';

export type Activity = 'order-handling' | 'dashboard' | 'contact-form' | 'service-training' | 'newsletter' | 'account' | 'marketing' | 'legal-disclosure' | 'fraud-report' | 'cookies' | 'website-statistics' | 'business-visits' | 'customer-chat' | 'data-subject-requests';
export type Field = 'name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'profile-photo' | 'social-media-account' | 'ip-address' | 'cookie' | 'website-visit' | 'company-name' | 'company-address' | 'username' | 'password' | 'login-token' | 'order' | 'payment' | 'dashboard-settings' | 'dashboard-actions' | 'message' | 'conversation' | 'subscription' | 'marketing-preferences' | 'rights-request' | 'identity-check';
export type Person = 'customer' | 'contact' | 'subscriber' | 'visitor' | 'employee';
export type Role = 'support' | 'planner' | 'finance' | 'marketing' | 'engineer' | 'privacy-officer';
export type Recipient = 'delivery' | 'bank' | 'credit-card-company' | 'police' | 'data-protection-authority' | 'google-analytics' | 'leadinfo' | 'linkedin' | 'chat-service';

export interface Register extends RegisterDocument {
  readonly persons: readonly ('customer' | 'contact' | 'subscriber' | 'visitor' | 'employee')[];
  readonly roles: readonly ('support' | 'planner' | 'finance' | 'marketing' | 'engineer' | 'privacy-officer')[];
  readonly fields: { readonly [F in Field]: RegisterField };
  readonly recipients: { readonly [R in Recipient]: Exclude<RegisterDocument['recipients'], '*'>[string] };
  readonly activities: {
    readonly 'order-handling': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'payment' | 'order')[];
      readonly actions: readonly ('read' | 'search' | 'create' | 'update' | 'delete' | 'export' | 'disclose')[];
      readonly persons: readonly ('customer')[];
      readonly recipients: readonly ('delivery' | 'bank' | 'credit-card-company')[];
      readonly roles: readonly ('support' | 'planner' | 'finance')[];
    };
    readonly 'dashboard': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'profile-photo' | 'dashboard-settings' | 'dashboard-actions')[];
      readonly persons: readonly ('customer')[];
      readonly roles: readonly ('support' | 'planner' | 'engineer')[];
    };
    readonly 'contact-form': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'email' | 'phone' | 'ip-address' | 'message')[];
      readonly actions: readonly ('read' | 'search' | 'create' | 'update' | 'delete' | 'export')[];
      readonly persons: readonly ('contact' | 'customer')[];
      readonly roles: readonly ('support')[];
    };
    readonly 'service-training': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'email' | 'phone' | 'ip-address' | 'message')[];
      readonly actions: readonly ('read' | 'search')[];
      readonly persons: readonly ('contact' | 'customer')[];
      readonly roles: readonly ('support')[];
    };
    readonly 'newsletter': RegisterActivity & {
      readonly fields: readonly ('email' | 'subscription')[];
      readonly persons: readonly ('subscriber' | 'customer' | 'contact')[];
      readonly roles: readonly ('marketing' | 'support')[];
    };
    readonly 'account': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'username' | 'password' | 'login-token')[];
      readonly persons: readonly ('customer')[];
      readonly roles: readonly ('support' | 'engineer')[];
    };
    readonly 'marketing': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'email' | 'phone' | 'social-media-account' | 'marketing-preferences')[];
      readonly persons: readonly ('customer' | 'subscriber')[];
      readonly roles: readonly ('marketing')[];
    };
    readonly 'legal-disclosure': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'payment' | 'order' | 'dashboard-actions')[];
      readonly actions: readonly ('read' | 'search' | 'export' | 'disclose')[];
      readonly recipients: readonly ('police')[];
      readonly roles: readonly ('privacy-officer')[];
    };
    readonly 'fraud-report': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'payment' | 'order' | 'dashboard-actions')[];
      readonly actions: readonly ('read' | 'search' | 'export' | 'disclose')[];
      readonly recipients: readonly ('police')[];
      readonly roles: readonly ('finance' | 'privacy-officer')[];
    };
    readonly 'cookies': RegisterActivity & {
      readonly fields: readonly ('cookie' | 'website-visit')[];
      readonly persons: readonly ('visitor')[];
      readonly roles: readonly ('engineer' | 'marketing')[];
    };
    readonly 'website-statistics': RegisterActivity & {
      readonly fields: readonly ('ip-address' | 'cookie' | 'website-visit')[];
      readonly persons: readonly ('visitor')[];
      readonly recipients: readonly ('google-analytics' | 'linkedin')[];
      readonly roles: readonly ('engineer' | 'marketing')[];
    };
    readonly 'business-visits': RegisterActivity & {
      readonly fields: readonly ('ip-address' | 'company-name' | 'company-address')[];
      readonly persons: readonly ('visitor')[];
      readonly recipients: readonly ('leadinfo')[];
      readonly roles: readonly ('marketing')[];
    };
    readonly 'customer-chat': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'ip-address' | 'profile-photo' | 'website-visit' | 'conversation')[];
      readonly persons: readonly ('visitor' | 'customer')[];
      readonly recipients: readonly ('chat-service')[];
      readonly roles: readonly ('support')[];
    };
    readonly 'data-subject-requests': RegisterActivity & {
      readonly fields: readonly ('name' | 'address' | 'city' | 'billing-address' | 'email' | 'phone' | 'profile-photo' | 'social-media-account' | 'ip-address' | 'cookie' | 'website-visit' | 'company-name' | 'company-address' | 'username' | 'order' | 'payment' | 'dashboard-settings' | 'dashboard-actions' | 'message' | 'conversation' | 'subscription' | 'marketing-preferences' | 'rights-request' | 'identity-check')[];
      readonly recipients: readonly ('data-protection-authority')[];
      readonly roles: readonly ('privacy-officer' | 'support')[];
    };
  };
}

/** An access event whose every name is in the register. */
export type Event = AccessEventOf<Register>;

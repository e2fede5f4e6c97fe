/** An order as the shop knows it. Never for visitors. */
import type {
  FulfilledItem,
  fulfilments,
  FulfilmentStatus,
  orders,
} from '../../db/orders-schema.ts';
import type { Customer } from '../customers/customer.ts';
import type { CustomerChange } from '../customers/write.ts';
import type { Change } from '../products/traded.ts';
import type { NamedProduct } from '../products/upsert.ts';

/** What a shop can tell of an order itself. */
export interface OrderFields {
  /** What the shop calls it in front of customers. */
  name: string | null;
  orderedAt: Date;
  /** ISO 4217. */
  currency: string | null;
  /** At most four decimals and ten digits before them, in `currency`. */
  totalPrice: number | null;
  subtotalPrice: number | null;
  paymentStatus: string | null;
  cancelledAt: Date | null;
}

/** A product that was ordered, by the shop's own id. */
export interface OrderedItem {
  productId: string;
  quantity: number;
  totalPrice: number | null;
}

/** What is told of it; what nobody knew of the product before is filled in. */
export type ToldItem = OrderedItem & Partial<Pick<NamedProduct, 'title' | 'url' | 'imageUrl'>>;

/** What a delivery is told to hold. */
export interface FulfilmentFields {
  fulfilledAt: Date;
  status: FulfilmentStatus;
  items: readonly { productId: string; quantity: number }[];
}

/** A delivery that is told of; one with the same id in the same order is changed. */
export type ToldFulfilment = FulfilmentFields & { externalId: string };

/** What to change. The lines that are told replace those there were; fulfilments join them. */
export interface OrderChange extends Change<OrderFields> {
  customer?: CustomerChange | undefined;
  lines?: readonly ToldItem[] | undefined;
  fulfilments?: readonly ToldFulfilment[] | undefined;
}

/** A new order. */
export type NewOrder = OrderChange & Pick<OrderFields, 'orderedAt'> & { externalId: string };

/** A line of an order. */
export interface OrderLine extends OrderedItem {
  number: number;
  productNumber: number;
}

/** A delivery. */
export interface Fulfilment {
  number: number;
  externalId: string;
  orderNumber: number;
  fulfilledAt: Date;
  status: FulfilmentStatus;
  items: FulfilledItem[];
  createdAt: Date;
  updatedAt: Date;
}

/** An order with all that was told of it. */
export interface Order extends OrderFields {
  /** Stable, and unique over all shops. */
  number: number;
  /** The shop's own id. */
  externalId: string;
  customer: Customer | null;
  lines: OrderLine[];
  fulfilments: Fulfilment[];
  createdAt: Date;
  updatedAt: Date;
}

/** Which order is meant: by our number, or by the shop's own id. */
export type OrderName = { number: number } | { externalId: string };

/** A row as what leaves the domain. */
export const toOrderFields = (row: typeof orders.$inferSelect) => ({
  number: row.id,
  externalId: row.externalId,
  name: row.name,
  orderedAt: row.orderedAt,
  currency: row.currency,
  totalPrice: row.totalPrice,
  subtotalPrice: row.subtotalPrice,
  paymentStatus: row.paymentStatus,
  cancelledAt: row.cancelledAt,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** The same of a delivery. */
export const toFulfilment = (row: typeof fulfilments.$inferSelect): Fulfilment => ({
  number: row.id,
  externalId: row.externalId,
  orderNumber: row.orderId,
  fulfilledAt: row.fulfilledAt,
  status: row.status,
  items: row.items,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

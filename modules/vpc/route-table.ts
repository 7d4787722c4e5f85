import { Construct } from "constructs";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable as AwsRouteTable } from "@cdktf/provider-aws/lib/route-table";

export interface RouteTableProps {
  readonly vpcId: string;
}

/** A route leads to exactly one of these. */
export type RouteTarget = { readonly gatewayId: string } | { readonly natGatewayId: string };

const ANYWHERE = "0.0.0.0/0";

/** A route table whose routes are resources of their own, so that adding one leaves the others alone. */
export class RouteTable extends Construct {
  readonly id: string;
  readonly resource: AwsRouteTable;

  constructor(scope: Construct, id: string, props: RouteTableProps) {
    super(scope, id);
    this.resource = new AwsRouteTable(this, "Resource", { vpcId: props.vpcId });
    this.id = this.resource.id;
  }

  /**
   * Sends what no other route takes to `target`. A changed target is changed in place.
   * @param name ends the address: `internet` or `nat`
   */
  addDefaultRoute(name: string, target: RouteTarget): Route {
    return new Route(this, name, { routeTableId: this.id, destinationCidrBlock: ANYWHERE, ...target });
  }
}

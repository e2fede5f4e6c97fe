/** A component whose code comes now; its children stand in for it until then, or for good. */

import { Component, type ComponentChild, type ComponentChildren, type ComponentType } from 'preact';

interface Props<Own> {
  load: () => Promise<{ Shown: ComponentType<Own> }>;
  /** The component's own properties. */
  own: Own;
  children?: ComponentChildren;
}

interface State<Own> {
  Shown?: ComponentType<Own>;
}

export class Lazy<Own extends object> extends Component<Props<Own>, State<Own>> {
  override componentDidMount(): void {
    this.props.load().then(
      ({ Shown }) => this.setState({ Shown }),
      () => {},
    );
  }

  override render({ own, children }: Props<Own>, { Shown }: State<Own>): ComponentChild {
    return Shown ? <Shown {...own} /> : children;
  }
}

import { parseAllDocuments } from 'yaml';

/** Something that Kubernetes is told, as far as every kind of it is alike. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export interface EnvVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

interface HttpProbe {
  readonly httpGet: { readonly path: string; readonly port: string | number };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly EnvVariable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: HttpProbe;
  readonly livenessProbe?: HttpProbe;
  readonly readinessProbe?: HttpProbe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly resources: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

export interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly restartPolicy?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly emptyDir?: unknown;
    readonly secret?: { readonly secretName: string };
    readonly configMap?: { readonly name: string };
    readonly projected?: {
      readonly sources: readonly { readonly secret?: { readonly name: string; readonly items: readonly { readonly path: string }[] } }[];
    };
  }[];
}

/** A Pod as somebody will start it. */
export interface Pod {
  /** Of the manifest that brings it. */
  readonly from: Manifest;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** @throws Error when the text is not YAML. */
export function manifestsOf(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });
}

/** Every Pod that these manifests bring: of Deployments, Jobs and alone. */
export function podsOf(manifests: readonly Manifest[]): Pod[] {
  return manifests.flatMap((from): Pod[] => {
    if (from.kind === 'Pod') return [{ from, labels: from.metadata.labels ?? {}, spec: from.spec as unknown as PodSpec }];
    if (from.kind !== 'Deployment' && from.kind !== 'Job') return [];
    const { template } = from.spec as { template: { metadata: { labels: Record<string, string> }; spec: PodSpec } };
    return [{ from, labels: template.metadata.labels, spec: template.spec }];
  });
}

/** Whether labels are those that a selector asks for (`matchLabels` alone; the chart uses no expressions). */
export function selects(matchLabels: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

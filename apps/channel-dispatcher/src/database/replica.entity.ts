import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A running dispatcher. Without a renewed lease it counts as dead, and so do its sockets. */
@Entity('replicas')
export class ReplicaEntity {
  @PrimaryColumn('text')
  instance!: string;

  @Column('timestamptz', { name: 'lease_until' })
  leaseUntil!: Date;
}
